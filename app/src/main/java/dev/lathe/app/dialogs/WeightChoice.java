package dev.lathe.app.dialogs;

import dev.lathe.graph.io.WeightPlacement;
import dev.lathe.graph.io.WeightPlacement.Division;

/// Where an exported model's weights can be put, in the words of the form.
enum WeightChoice {
    KEEP("Weights as they were", WeightPlacement.keep()),
    INLINE("All weights in the model file", WeightPlacement.inline()),
    ONE_FILE("Weights in one data file beside it", WeightPlacement.external(new Division.OneFile())),
    PER_TENSOR("Weights in a data file each", WeightPlacement.external(new Division.PerTensor())),
    PARTS("Weights in data files of up to 2 GB", WeightPlacement.external(new Division.AtMost(2_000_000_000)));

    private final String words;
    private final WeightPlacement placement;

    WeightChoice(String words, WeightPlacement placement) {
        this.words = words;
        this.placement = placement;
    }

    WeightPlacement placement() {
        return placement;
    }

    /// What the list shows.
    @Override
    public String toString() {
        return words;
    }
}
