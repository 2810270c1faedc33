package dev.lathe.app.project;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.WeightPlacement;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.Placement;
import dev.lathe.optimize.PassInfo;
import dev.lathe.optimize.Recipe;
import dev.lathe.optimize.Trace;
import dev.lathe.optimize.check.OutputDifference;
import dev.lathe.optimize.check.TensorValues;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.Profiler;
import dev.lathe.profile.ceiling.Ceilings;
import dev.lathe.profile.engine.Availability;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.pack.PackStatus;
import dev.lathe.profile.torchscript.TorchScript;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the window asks of the modules below it, as ports: [Wiring] plugs in the real ones, tests their own.
public record Services(
        ModelFiles files,
        Analyst analyst,
        Profiler profiler,
        Compression compression,
        Machine machine,
        Reports reports,
        Roofs roofs,
        Tensors tensors,
        Keeping keeping,
        AutoCloseable owned) {

    /// Where nothing is kept.
    public Services(
            ModelFiles files,
            Analyst analyst,
            Profiler profiler,
            Compression compression,
            Machine machine,
            Reports reports,
            Roofs roofs,
            Tensors tensors,
            AutoCloseable owned) {
        this(files, analyst, profiler, compression, machine, reports, roofs, tensors, Keeping.NOTHING, owned);
    }

    /// Model files in and out.
    public interface ModelFiles {
        Model open(Path file, JobContext context) throws LatheException;

        /// A TorchScript program with what it is to be given, in order.
        default Model describe(Path program, List<ValueType> inputs) throws LatheException {
            return TorchScript.of(program, inputs);
        }

        /// Where the stages of a placed model run; empty for every other.
        default Optional<Placement> placement(Model model, JobContext context) throws LatheException {
            return Optional.empty();
        }

        /// With the weights where they were.
        void export(Model model, Path target, JobContext context) throws LatheException;

        /// Writes a model that was made from what is in `opened`; over that file when `target` is it, its data files
        /// too.
        void save(Model model, Path opened, Path target, WeightPlacement weights, JobContext context)
                throws LatheException;

        /// File extensions without the dot, for open dialogs.
        List<String> extensions();
    }

    /// What can be said about a model without running it.
    public interface Analyst {
        /// Sizes for the free dimensions that nobody set.
        DimBindings assume(Model model);

        Analysis analyse(Model model, DimBindings dims, JobContext context);
    }

    /// Passes, and whether their results still compute the same.
    public interface Compression {
        List<PassInfo> passes();

        Trace apply(Model model, Recipe recipe, JobContext context) throws LatheException;

        List<OutputDifference> compare(
                Path source, Path variant, DimBindings dims, RunTarget target, JobContext context)
                throws LatheException;

        void writeRecipe(Recipe recipe, Path target) throws LatheException;
    }

    /// The devices that are here.
    public interface Machine {
        List<MachineDevice> devices();

        /// The engine libraries that some of them need.
        default PackShelf packs() {
            return PackShelf.EMPTY;
        }
    }

    /// The packs of engine libraries that are here and those that can be added, by their ids.
    public interface PackShelf {
        /// Where nothing can be added.
        PackShelf EMPTY = new PackShelf() {
            @Override
            public List<PackStatus> list() {
                return List.of();
            }

            @Override
            public void obtain(String id, JobContext context) {
                throw new IllegalStateException("nothing is listed");
            }

            @Override
            public void add(String id, Path file, JobContext context) {
                throw new IllegalStateException("nothing is listed");
            }

            @Override
            public void remove(String id) {
                throw new IllegalStateException("nothing is listed");
            }
        };

        List<PackStatus> list();

        /// Gets its package with the program that gets such packages here.
        void obtain(String id, JobContext context) throws LatheException;

        /// Takes its package from a file.
        void add(String id, Path file, JobContext context) throws LatheException;

        void remove(String id) throws LatheException;
    }

    /// A device of this machine: whether it can be used, and what is known about it, in words for people.
    public record MachineDevice(Device device, Availability availability, Map<String, String> facts) {
        public MachineDevice {
            facts = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(facts));
        }

        public boolean ready() {
            return availability instanceof Availability.Ready;
        }
    }

    /// What devices give at most: measured once, and kept.
    public interface Roofs {
        /// What was measured in this very setup before. Reads a file.
        Optional<Ceilings> find(RunTarget target);

        /// A second for each figure; of the target's device with a thread for each of its cores.
        Ceilings measure(RunTarget target, JobContext context);

        void keep(Ceilings measured) throws IOException;
    }

    /// What the tensors inside models hold.
    public interface Tensors {
        /// Runs the model on seeded inputs.
        void read(
                Model model,
                String tensor,
                DimBindings dims,
                RunTarget target,
                TensorValues.Taker taker,
                JobContext context)
                throws LatheException;

        /// How far the tensors of two models that are called the same are apart, in execution order.
        List<OutputDifference> apart(Model a, Model b, DimBindings dims, RunTarget target, JobContext context)
                throws LatheException;
    }

    /// What was measured, kept between starts of the program, by what a model's files hold.
    public interface Keeping {
        Keeping NOTHING = new Keeping() {
            @Override
            public String key(Path file, Model model, JobContext context) {
                return "";
            }

            @Override
            public Kept find(String key) {
                return Kept.NOTHING;
            }

            @Override
            public void keep(String key, Variant variant, ProfileRun run) {
                // nobody asks for it again
            }

            @Override
            public void keep(String key, Variant variant, SweepState sweep) {
                // nobody asks for it again
            }
        };

        /// A name for what the model's files hold now, its external data too. Reads them whole.
        ///
        /// @throws LatheException when one cannot be read
        String key(Path file, Model model, JobContext context) throws LatheException;

        Kept find(String key);

        /// @param variant a ready one, whose model was measured
        /// @throws LatheException when it cannot be written; what was kept before is unchanged
        void keep(String key, Variant variant, ProfileRun run) throws LatheException;

        /// In place of the variant's sweep before.
        ///
        /// @throws LatheException when it cannot be written; what was kept before is unchanged
        void keep(String key, Variant variant, SweepState sweep) throws LatheException;
    }

    /// Writes the report of a project into a folder.
    @FunctionalInterface
    public interface Reports {
        void write(Project project, Path folder, JobContext context) throws LatheException;
    }
}
