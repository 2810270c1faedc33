package dev.lathe.app.split;

import dev.lathe.graph.target.Device;
import dev.lathe.optimize.partition.Prediction;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What the devices panel and the schedule show. `estimated` when layer times were not measured but guessed from their
/// work; `planning` while borders for the chosen devices are searched. `undoBlocked` says why no move of a border can
/// be taken back, `problem` why there is no plan.
public record SplitPlan(
        boolean hasModel,
        boolean estimated,
        List<DeviceCard> devices,
        List<Border> borders,
        Optional<Prediction> prediction,
        Optional<Schedule> predicted,
        Optional<MeasuredSplit> measured,
        OptionalDouble unsplitPerSecond,
        boolean planning,
        boolean busy,
        Optional<String> undoBlocked,
        String problem) {
    static final SplitPlan EMPTY = new SplitPlan(
            false,
            false,
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalDouble.empty(),
            false,
            false,
            Optional.empty(),
            "");

    public SplitPlan {
        devices = List.copyOf(devices);
        borders = List.copyOf(borders);
    }

    /// One device and, when it is chosen, its stage: weights, and how busy it is expected to be and was, in 0…1.
    public record DeviceCard(
            Device device,
            boolean chosen,
            Optional<String> unavailable,
            OptionalInt stage,
            OptionalLong weightBytes,
            OptionalDouble predictedBusy,
            OptionalDouble measuredBusy) {}

    /// The border between stage `index` and the next. `cut` is one of the candidates between `lowest` and `highest`.
    public record Border(int index, int cut, int lowest, int highest, String label, long bytes) {}

    public long bytesPerRequest() {
        return borders.stream().mapToLong(Border::bytes).sum();
    }
}
