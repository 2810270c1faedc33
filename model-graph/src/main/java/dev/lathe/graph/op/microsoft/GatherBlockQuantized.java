package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.Shape;
import dev.lathe.graph.op.Axes;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Sizes;
import dev.lathe.graph.op.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Rows of a block-quantized table, scaled back: 2 per element.
public final class GatherBlockQuantized implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "GatherBlockQuantized", 1)
            .in("data", "T1")
            .in("indices", "Tind")
            .in("scales", "T2")
            .optIn("zero_points", "T1")
            .out("output", "T2")
            .attr("gather_axis", 0L)
            .attr("quantize_axis", 1L)
            .attr("block_size", 128L)
            .attr("bits", 4L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        sizes(c);
        Axes.attr(c, "gather_axis", 0)
                .ifPresent(axis -> c.dims(1).ifPresent(indices -> {
                    List<Dim> data = c.dims(0).orElseThrow();
                    boolean packed = c.dtype(0).filter(t -> t == DType.UINT8).isPresent();
                    List<Dim> out = new ArrayList<>(data.subList(0, axis));
                    out.addAll(indices);
                    out.addAll(data.subList(axis + 1, data.size()));
                    if (packed) {
                        out.set(
                                out.size() - 1,
                                DimMath.mul(out.getLast(), 8 / c.attrs().intOr("bits", 4)));
                    }
                    c.output(0, out);
                }));
    }

    /// Scales have the data's extents, but on the axis of the blocks one for each block; zero points have as many, of
    /// `bits` bits in bytes.
    private static void sizes(InferContext c) {
        long bits = c.attrs().intOr("bits", 4);
        long block = c.attrs().intOr("block_size", 128);
        boolean bytes = c.dtype(0).filter(t -> t == DType.UINT8).isPresent();
        if (bits != 4 && !(bytes && (bits == 2 || bits == 8))) {
            c.fault("'bits' must be " + (bytes ? "2, 4 or 8" : "4") + ", and is " + bits);
            return;
        }
        if (block < 16 || Long.bitCount(block) != 1) {
            c.fault("'block_size' must be a power of 2 of at least 16, and is " + block);
            return;
        }
        if (c.dims(0).isEmpty()) {
            return;
        }
        List<Dim> data = c.dims(0).get();
        Sizes sizes = Sizes.atLoading(c).ranks(0, 2, Integer.MAX_VALUE).rank(2, data.size());
        long given = c.attrs().intOr("quantize_axis", 1);
        long gather = c.attrs().intOr("gather_axis", 0);
        int axis = (int) (given < 0 ? given + data.size() : given);
        sizes.require(axis >= 0 && axis < data.size(), () -> "axis " + given + " lies outside a rank of " + data.size())
                .require(!bytes || gather == 0 || gather == -data.size(), () -> "bytes can be gathered on axis 0 only");
        if (!sizes.fit()) {
            return;
        }
        long packed = bytes ? 8 / bits : 1;
        List<Dim> scales = new ArrayList<>(data);
        scales.set(axis, DimMath.ceilDiv(DimMath.mul(data.get(axis), packed), block));
        List<Dim> zeros = new ArrayList<>(c.dims(2).orElse(scales));
        zeros.set(axis, DimMath.ceilDiv(zeros.get(axis), packed));
        sizes.shape(2, scales).shape(3, zeros);
    }

    @Override
    public OpCost cost(CostContext c) {
        Dim elements = c.outputCount(0);
        long bits = c.input(0).dtype().filter(t -> t == DType.UINT8).isPresent()
                ? c.attrs().intOr("bits", 4)
                : c.input(0).dtype().map(DType::bits).orElse(4);
        Dim blocks = blocks(c);
        Dim scales = DimMath.mul(blocks, c.input(2).dtype().map(DType::bits).orElse(32) / 8);
        Dim zeros = c.has(3) ? DimMath.ceilDiv(DimMath.mul(blocks, bits), 8) : Dim.of(0);
        return CostRules.elementwise(c, 2)
                .reading(DimMath.sum(List.of(
                        DimMath.ceilDiv(DimMath.mul(elements, bits), 8),
                        scales,
                        zeros,
                        CostContext.bytes(c.input(1)))));
    }

    /// How many scales belong to what is gathered: along the axis of the blocks as many as the table has, and where
    /// that is the gathered axis one for each element.
    private static Dim blocks(CostContext c) {
        if (!(c.output(0).shape() instanceof Shape.Ranked(List<Dim> out))
                || !(c.input(0).shape() instanceof Shape.Ranked(List<Dim> data))
                || data.isEmpty()) {
            return Dim.unknown();
        }
        int quantized = Math.floorMod(c.attrs().intOr("quantize_axis", 1), data.size());
        int gathered = Math.floorMod(c.attrs().intOr("gather_axis", 0), data.size());
        if (quantized == gathered) {
            return DimMath.product(out);
        }
        int at = quantized < gathered ? quantized : quantized + out.size() - data.size();
        List<Dim> each = new ArrayList<>(out);
        each.set(at, c.dim(2, quantized));
        return DimMath.product(each);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.QUANTIZED, Trait.CONSTANT_FOLDABLE);
    }
}
