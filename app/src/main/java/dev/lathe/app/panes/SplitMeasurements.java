package dev.lathe.app.panes;

import dev.lathe.app.project.Project;
import dev.lathe.app.project.Variant;
import dev.lathe.app.project.VariantId;
import dev.lathe.app.split.MeasuredSplit;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.target.Device;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What split runs of the opened model gave, each beside the placement that it was measured with: whoever comes back to
/// a placement finds its numbers again. On the window's thread.
final class SplitMeasurements {
    private final Map<Placed, MeasuredSplit> measured = new HashMap<>();
    private Optional<Model> opened = Optional.empty();

    /// A variant at these sizes, cut so over these devices.
    record Placed(VariantId variant, DimBindings dims, List<Device> devices, List<Integer> borders) {
        static Placed of(Project p) {
            return new Placed(
                    p.selected(), p.dims(), p.split().devices(), p.split().borders());
        }
    }

    /// Forgets everything with another model.
    void follow(Project p) {
        Optional<Model> now = p.source().flatMap(Variant::model);
        boolean same = now.isPresent() == opened.isPresent() && (now.isEmpty() || now.get() == opened.get());
        if (!same) {
            opened = now;
            measured.clear();
        }
    }

    void keep(Placed placed, MeasuredSplit result) {
        measured.put(placed, result);
    }

    Optional<MeasuredSplit> of(Project p) {
        return Optional.ofNullable(measured.get(Placed.of(p)));
    }
}
