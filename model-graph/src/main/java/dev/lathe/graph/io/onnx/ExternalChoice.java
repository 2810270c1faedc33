package dev.lathe.graph.io.onnx;

import dev.lathe.graph.DType;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.io.WeightPlacement;
import java.util.function.Predicate;

/// Which tensors of a model are written to data files.
final class ExternalChoice {
    /// Lists of fewer bytes, and of fewer elements when they are fractions, are sizes, axes and scales.
    private static final long SMALL_LIST = 1024;

    private static final long FEW_FRACTIONS = 32;

    private final Predicate<Tensor> initializers;
    private final boolean keeps;

    private ExternalChoice(Predicate<Tensor> initializers, boolean keeps) {
        this.initializers = initializers.and(t -> t.dtype() != DType.STRING);
        this.keeps = keeps;
    }

    /// @param tooLarge whether the model with all those inside that are inside now is more than one message holds
    static ExternalChoice of(WeightPlacement weights, boolean tooLarge) {
        return switch (weights) {
            case WeightPlacement.Keep k ->
                new ExternalChoice(
                        t -> ExternalMark.isOn(t.extra())
                                || tooLarge && t.data().byteSize() >= WeightPlacement.USUAL_MINIMUM,
                        true);
            case WeightPlacement.Inline i -> new ExternalChoice(t -> false, false);
            case WeightPlacement.External(long minimum, WeightPlacement.Division files) ->
                new ExternalChoice(t -> t.data().byteSize() >= minimum && !inferenceMayRead(t), false);
        };
    }

    boolean initializer(Tensor t) {
        return initializers.test(t);
    }

    /// Runtimes want tensors of attributes inside the model: only one that is kept where it was is not.
    boolean attribute(Tensor t) {
        return keeps && ExternalMark.isOn(t.extra()) && t.dtype() != DType.STRING;
    }

    /// Runtimes and checkers infer shapes from such values, and do not look into data files for them.
    private static boolean inferenceMayRead(Tensor t) {
        return t.dims().size() <= 1
                && t.data().byteSize() < SMALL_LIST
                && (!t.dtype().isFloat() || t.dims().stream().allMatch(n -> n <= FEW_FRACTIONS));
    }
}
