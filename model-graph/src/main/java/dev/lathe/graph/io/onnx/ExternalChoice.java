package dev.lathe.graph.io.onnx;

import dev.lathe.graph.DType;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.io.WeightPlacement;
import java.util.function.Predicate;

/// Which initializers of a model are written to data files.
final class ExternalChoice {
    /// Lists of fewer bytes, and of fewer elements when they are fractions, are sizes, axes and scales.
    private static final long SMALL_LIST = 1024;

    private static final long FEW_FRACTIONS = 32;

    private ExternalChoice() {}

    /// @param tooLarge whether the model with all those inside that are inside now is more than one message holds
    static Predicate<Tensor> of(WeightPlacement weights, boolean tooLarge) {
        Predicate<Tensor> chosen = switch (weights) {
            case WeightPlacement.Keep k ->
                t -> ExternalMark.isOn(t.extra()) || tooLarge && t.data().byteSize() >= WeightPlacement.USUAL_MINIMUM;
            case WeightPlacement.Inline i -> t -> false;
            case WeightPlacement.External(long minimum, WeightPlacement.Division files) ->
                t -> t.data().byteSize() >= minimum && !inferenceMayRead(t);
        };
        return chosen.and(t -> t.dtype() != DType.STRING);
    }

    /// Runtimes and checkers infer shapes from such values, and do not look into data files for them.
    private static boolean inferenceMayRead(Tensor t) {
        return t.dims().size() <= 1
                && t.data().byteSize() < SMALL_LIST
                && (!t.dtype().isFloat() || t.dims().stream().allMatch(n -> n <= FEW_FRACTIONS));
    }
}
