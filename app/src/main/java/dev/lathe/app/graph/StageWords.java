package dev.lathe.app.graph;

import java.util.List;

/// What the canvas says about stages beside their names, and about borders on their plates: one line each.
record StageWords(List<String> stages, List<String> borders) {
    StageWords {
        stages = List.copyOf(stages);
        borders = List.copyOf(borders);
    }

    String ofStage(int index) {
        return index < stages.size() ? stages.get(index) : "";
    }

    String ofBorder(int index) {
        return index < borders.size() ? borders.get(index) : "";
    }
}
