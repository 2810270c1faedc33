package dev.lathe.profile;

import java.util.List;

/// A size that was assumed for a free dimension, and why; `inputs` are the inputs that have it.
public record DimChoice(String name, long size, String reason, List<String> inputs) {
    public DimChoice {
        inputs = List.copyOf(inputs);
    }

    /// Shortened where the model has no more than `most` positions.
    DimChoice atMost(long most) {
        return size != DefaultDims.SEQUENCE || size <= most
                ? this
                : new DimChoice(name, most, "as many tokens as the model has positions", inputs);
    }
}
