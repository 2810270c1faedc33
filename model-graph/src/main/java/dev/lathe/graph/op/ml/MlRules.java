package dev.lathe.graph.op.ml;

import dev.lathe.graph.Attr;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.Sizes;
import java.util.List;
import java.util.Optional;

/// What the operators of ai.onnx.ml share: rows of features, and classes that an attribute lists.
final class MlRules {
    private MlRules() {}

    /// The rows of a matrix [N, C]; a vector [C] is one row.
    static Dim rows(ValueType type) {
        if (!(type.shape() instanceof Shape.Ranked(List<Dim> dims)) || dims.isEmpty()) {
            return Dim.unknown();
        }
        return dims.size() == 1 ? Dim.of(1) : dims.getFirst();
    }

    /// The input is a matrix of rows, or one row; ONNX Runtime looks at that when the node runs.
    static void atMostMatrix(InferContext c) {
        Sizes.atRun(c).ranks(0, 0, 2);
    }

    /// The input has as many features as the machine was made for.
    static void features(InferContext c, long wanted) {
        atMostMatrix(c);
        if (Sizes.of(c, 0, -1) instanceof Dim.Fixed(long features)) {
            Sizes.atRun(c)
                    .require(
                            features == wanted,
                            () -> "its input has " + features + " features, its vectors have " + wanted);
        }
    }

    /// There are coefficients for each feature of the input, for each of `outputs`.
    static void coefficients(InferContext c, long coefficients, long outputs) {
        if (Sizes.of(c, 0, -1) instanceof Dim.Fixed(long features)) {
            Sizes.atRun(c)
                    .require(
                            coefficients >= Math.multiplyExact(outputs, features),
                            () -> coefficients + " coefficients are given for " + outputs + " times " + features
                                    + " features");
        }
    }

    /// The length of the first of these lists that the node has.
    static Dim length(Attrs attrs, String... names) {
        long n = count(attrs, names);
        return n == 0 ? Dim.unknown() : Dim.of(n);
    }

    /// The same, 0 when the node has none.
    static long count(Attrs attrs, String... names) {
        for (String name : names) {
            long n = attrs.find(name).map(MlRules::count).orElse(0L);
            if (n > 0) {
                return n;
            }
        }
        return 0;
    }

    private static long count(Attr list) {
        return switch (list) {
            case Attr.IntsAttr(List<Long> values) -> values.size();
            case Attr.FloatsAttr(List<Float> values) -> values.size();
            case Attr.StringsAttr(List<String> values) -> values.size();
            case Attr.TensorAttr(var tensor) -> tensor.elements();
            default -> 0L;
        };
    }

    /// The element type of predicted labels.
    static Optional<DType> labels(Attrs attrs, String ints, String strings) {
        return attrs.has(strings)
                ? Optional.of(DType.STRING)
                : attrs.has(ints) ? Optional.of(DType.INT64) : Optional.empty();
    }

    /// Columns of the scores: one per class.
    static Dim scores(Attrs attrs, String ints, String strings) {
        return length(attrs, ints, strings);
    }

    /// FLOPs of the transform of `elements` scores: none, or a function of each and, for softmax, a sum and a
    /// division.
    static Dim transform(CostContext c, Dim elements) {
        int each = switch (c.attrs().stringOr("post_transform", "NONE")) {
            case "NONE" -> 0;
            case "SOFTMAX", "SOFTMAX_ZERO" -> CostRules.TRANSCENDENTAL + 4;
            default -> CostRules.TRANSCENDENTAL + 2;
        };
        return each == 0 ? Dim.of(0) : DimMath.mul(elements, each);
    }

    /// A kernel machine with support vectors: a product of every row with every vector, the kernel's function of
    /// each (4 for polynomials, exponentials and tangents), and the sums over `coefficients` per row.
    static OpCost kernels(CostContext c, Dim coefficients) {
        Dim rows = rows(c.input(0));
        Dim vectors = length(c.attrs(), "support_vectors");
        // Without support vectors the coefficients are those of a linear machine.
        if (vectors instanceof Dim.Unknown) {
            return OpCost.ofMacs(
                    DimMath.mul(rows, coefficients),
                    transform(c, c.outputCount(c.node().outputs().size() - 1)));
        }
        int function = c.attrs().stringOr("kernel_type", "LINEAR").equals("LINEAR") ? 0 : CostRules.TRANSCENDENTAL;
        Dim width = c.dim(0, -1);
        Dim each = DimMath.mul(rows, DimMath.floorDiv(vectors, width));
        return OpCost.ofMacs(
                DimMath.add(DimMath.mul(rows, vectors), DimMath.mul(rows, coefficients)), DimMath.mul(each, function));
    }
}
