package dev.lathe.profile.memory;

import dev.lathe.graph.Node;
import java.util.List;
import java.util.Set;

/// Which results ONNX Runtime's kernels for the CPU may write over an input, and which are their input: what the
/// kernels' definitions say, which is less than what the operators would allow.
final class InPlace {
    /// The result is the first input, with another shape.
    private static final Set<String> ALIASES =
            Set.of("Reshape", "Flatten", "Squeeze", "Unsqueeze", "Identity", "Dropout", "OptionalGetElement");

    private static final Set<String> FIRST = Set.of(
            "Cast",
            "Celu",
            "Clip",
            "Elu",
            "Gelu",
            "HardSigmoid",
            "LeakyRelu",
            "LogSoftmax",
            "Relu",
            "Selu",
            "Sigmoid",
            "Softmax",
            "Softplus",
            "Softsign",
            "Tanh",
            "ThresholdedRelu",
            "Trilu");

    /// Convolutions that add a tensor to their result may leave the sum in it.
    private static final Set<String> ADDING = Set.of("Conv", "FusedConv", "NhwcFusedConv");

    private InPlace() {}

    static boolean isAlias(Node node) {
        return ALIASES.contains(node.op());
    }

    /// Positions of the inputs that the first result may be written over, in the order in which they are tried.
    static List<Integer> candidates(Node node) {
        if (FIRST.contains(node.op())) {
            return List.of(0);
        }
        return ADDING.contains(node.op()) ? List.of(3) : List.of();
    }
}
