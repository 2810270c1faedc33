package dev.lathe.app.graph;

import dev.lathe.app.ui.Numbers;
import dev.lathe.optimize.partition.Prediction;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// What the canvas says about stages beside their names, and about borders on their plates: one line each.
///
/// @param stages the time that each stage takes for a request
record StageWords(List<String> stages, List<String> borders) {
    static final StageWords NONE = new StageWords(List.of(), List.of());

    StageWords {
        stages = List.copyOf(stages);
        borders = List.copyOf(borders);
    }

    static StageWords of(Optional<Prediction> prediction) {
        return prediction
                .map(p -> new StageWords(
                        p.stageTimes().stream()
                                .map(t -> Numbers.estimate(Numbers.time(t)))
                                .toList(),
                        IntStream.range(0, p.transferBytes().size())
                                .mapToObj(i -> Numbers.bytes(p.transferBytes().get(i)) + " · "
                                        + Numbers.estimate(
                                                Numbers.time(p.transferTimes().get(i))))
                                .toList()))
                .orElse(NONE);
    }

    String ofStage(int index) {
        return index < stages.size() ? stages.get(index) : "";
    }

    String ofBorder(int index) {
        return index < borders.size() ? borders.get(index) : "";
    }
}
