package dev.lathe.graph.op;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What kernels want of the shapes of scales and zero points: one number for all, one for each place on an axis, or one
/// for each block on it.
public final class Quantized {
    private Quantized() {}

    /// QuantizeLinear and DequantizeLinear: the scale, input 1, and the zero point, input 2, for `axis` of input 0.
    public static void linear(InferContext c, long axis, long block) {
        Optional<List<Dim>> dims = c.dims(0);
        if (block < 0) {
            c.fault("'block_size' must not be below 0");
            return;
        }
        if (block == 0 && isSingle(c, 1)) {
            Sizes.atRun(c).single(2);
            return;
        }
        if (dims.isEmpty() || c.dims(1).isEmpty()) {
            return;
        }
        int rank = dims.get().size();
        int at = (int) (axis < 0 ? axis + rank : axis);
        if (at < 0 || at >= rank) {
            c.contradiction("axis " + axis + " lies outside a rank of " + rank);
            return;
        }
        Dim extent = dims.get().get(at);
        if (block == 0) {
            Sizes.atRun(c).shape(1, extent).shape(2, extent);
        } else {
            List<Dim> blocks = new ArrayList<>(dims.get());
            blocks.set(at, DimMath.ceilDiv(extent, block));
            Sizes.atRun(c).shape(1, blocks).shape(2, blocks);
        }
    }

    /// Each of these scales and zero points is a scalar when the model is loaded.
    public static void scalars(InferContext c, int... inputs) {
        Sizes sizes = Sizes.atLoading(c);
        for (int i : inputs) {
            sizes.rank(i, 0);
        }
    }

    private static boolean isSingle(InferContext c, int input) {
        return c.dims(input)
                .filter(d -> d.isEmpty() || d.equals(List.of(Dim.of(1))))
                .isPresent();
    }

    /// Scale or zero point of the matrix or matrices B: one, or one for each column, in a vector or in place of the
    /// rows.
    public static Sizes columns(InferContext c, Sizes sizes, int input, int b) {
        if (c.dims(b).filter(d -> !d.isEmpty()).isEmpty()) {
            return sizes;
        }
        List<Dim> matrix = c.dims(b).get();
        List<List<Dim>> shapes = new ArrayList<>(List.of(List.of(), List.of(Dim.of(1))));
        if (matrix.size() < 3) {
            shapes.add(List.of(matrix.getLast()));
        }
        if (matrix.size() > 1) {
            List<Dim> rowless = new ArrayList<>(matrix);
            rowless.set(matrix.size() - 2, Dim.of(1));
            shapes.add(rowless);
        }
        return sizes.oneOf(input, shapes);
    }

    /// Scale or zero point of the matrix or matrices A (or of what comes out): one, or by the standard one for each
    /// row.
    public static Sizes rows(InferContext c, Sizes sizes, int input, int a) {
        return c.dims(input)
                                .filter(d -> d.isEmpty() || d.equals(List.of(Dim.of(1))))
                                .isPresent()
                        || c.dims(a).filter(d -> d.size() > 1).isEmpty()
                ? sizes
                : sizes.count(
                        input,
                        rows(
                                c.dims(a).orElseThrow(),
                                c.dims(input).map(List::size).orElse(1)));
    }

    /// Of all matrices, or where there is a vector, of one.
    private static Dim rows(List<Dim> matrices, int rank) {
        return DimMath.product(
                rank < 2 ? List.of(matrices.get(matrices.size() - 2)) : matrices.subList(0, matrices.size() - 1));
    }

    /// The eight inputs of a quantized convolution, and its bias, 8: one scale and zero point each, of the weight, 3,
    /// also one for each channel that comes out.
    public static void conv(InferContext c) {
        Dim channels = Sizes.of(c, 3, 0);
        List<List<Dim>> each = List.of(List.of(), List.of(Dim.of(1)), List.of(channels));
        Sizes.atRun(c)
                .single(1)
                .single(2)
                .oneOf(4, each)
                .oneOf(5, each)
                .single(6)
                .single(7)
                .divides(channels, c.attrs().intOr("group", 1), "output channels in groups")
                .shape(8, channels);
    }
}
