package dev.lathe.app.project;

import dev.lathe.core.Diagnostic;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.Placement;
import dev.lathe.optimize.partition.Prediction;
import java.util.List;
import java.util.Optional;

/// How the shown variant is split over devices: `borders` are the cuts between stages (positions in the list
/// of candidate cuts, ascending, one less than stages). Empty devices mean that it is not split.
public record SplitState(
        List<Device> devices,
        List<Integer> borders,
        Optional<Placement> placement,
        Optional<Prediction> prediction,
        Optional<Diagnostic> problem) {
    public static final SplitState NONE =
            new SplitState(List.of(), List.of(), Optional.empty(), Optional.empty(), Optional.empty());

    public SplitState {
        devices = List.copyOf(devices);
        borders = List.copyOf(borders);
    }

    public boolean isSplit() {
        return devices.size() > 1;
    }
}
