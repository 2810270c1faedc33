package dev.lathe.app.project;

import dev.lathe.core.Diagnostic;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.target.Device;
import dev.lathe.optimize.Recipe;
import dev.lathe.profile.ProfileRun;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What was measured of a model and of its variants when it was open before; `troubles` tell of what was kept and
/// cannot be read.
public record Kept(List<KeptRun> runs, List<KeptSweep> sweeps, List<Diagnostic> troubles) {
    public static final Kept NOTHING = new Kept(List.of(), List.of(), List.of());

    public Kept {
        runs = List.copyOf(runs);
        sweeps = List.copyOf(sweeps);
        troubles = List.copyOf(troubles);
    }

    /// A measurement of the variant that `recipe` makes of the source. Its layers are known by their names, so that it
    /// is told in terms of the model once that is there.
    public interface KeptRun {
        Recipe recipe();

        /// What the variant was called.
        String variant();

        Instant when();

        /// @param graph of the model that the recipe makes
        /// @param here the device of this machine that is known by now
        ProfileRun of(Graph graph, Optional<Device> here);
    }

    /// The newest sweep of the variant that `recipe` makes.
    public interface KeptSweep {
        Recipe recipe();

        SweepState of(Attempt attempt, Model model, Optional<Device> here);
    }
}
