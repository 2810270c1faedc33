package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.Axes;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
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

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, 2).reading(CostContext.bytes(c.output(0)));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.QUANTIZED, Trait.CONSTANT_FOLDABLE);
    }
}
