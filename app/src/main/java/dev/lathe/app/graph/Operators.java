package dev.lathe.app.graph;

import dev.lathe.graph.Node;
import java.util.Set;

/// Which operators people call a layer, and which only belong to one.
final class Operators {
    private static final Set<String> ELEMENTWISE = Set.of(
            "Add",
            "Sub",
            "Mul",
            "Div",
            "Pow",
            "Sqrt",
            "Exp",
            "Log",
            "Erf",
            "Abs",
            "Neg",
            "Reciprocal",
            "Tanh",
            "Sigmoid",
            "Relu",
            "LeakyRelu",
            "PRelu",
            "Elu",
            "Selu",
            "Celu",
            "Gelu",
            "FastGelu",
            "QuickGelu",
            "HardSigmoid",
            "HardSwish",
            "Mish",
            "Softplus",
            "Softsign",
            "ThresholdedRelu",
            "Clip",
            "Min",
            "Max",
            "Sum",
            "Where",
            "Equal",
            "Greater",
            "Less",
            "GreaterOrEqual",
            "LessOrEqual",
            "Not",
            "And",
            "Or",
            "Floor",
            "Ceil",
            "Round",
            "Sign",
            "Sin",
            "Cos",
            "Swish",
            "BiasGelu",
            "Mod");
    private static final Set<String> VIEWS = Set.of(
            "Reshape",
            "Transpose",
            "Unsqueeze",
            "Squeeze",
            "Flatten",
            "Identity",
            "Cast",
            "CastLike",
            "Expand",
            "Slice",
            "Split",
            "Dropout",
            "Tile",
            "Pad");
    private static final Set<String> BESIDE = Set.of(
            "BatchNormalization",
            "ReduceMean",
            "ReduceSum",
            "ReduceMax",
            "ReduceMin",
            "ReduceL2",
            "ReduceProd",
            "QuantizeLinear",
            "DequantizeLinear",
            "DynamicQuantizeLinear",
            "Quant",
            "CumSum",
            "ConstantOfShape",
            "Range",
            "Constant",
            "Shape",
            "Size",
            "NonZero");
    private static final Set<String> JOINING = Set.of("Add", "Sub", "Mul", "Div", "Sum", "Max", "Min", "Where", "Pow");

    private Operators() {}

    /// Belongs to the layer of its main operator: bias, activation, reshape and the like.
    static boolean isMinor(Node n) {
        return n.subgraphs().isEmpty()
                && (ELEMENTWISE.contains(n.op()) || VIEWS.contains(n.op()) || BESIDE.contains(n.op()));
    }

    /// Moves or relabels data without computing.
    static boolean isView(Node n) {
        return VIEWS.contains(n.op());
    }

    /// Brings several tensors together, element by element.
    static boolean isJoining(Node n) {
        return JOINING.contains(n.op());
    }

    static boolean isMatrixProduct(Node n) {
        return n.op().equals("MatMul") || n.op().equals("MatMulInteger") || n.op().equals("QLinearMatMul");
    }
}
