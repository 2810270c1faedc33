package dev.lathe.graph.op.tensor;

import dev.lathe.graph.Dim;
import dev.lathe.graph.Shape;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The extents of the input as an int64 vector.
public final class ShapeOp implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("Shape", 1, 13, 15, 19, 21, 23, 24, 25)
            .in("data", "T")
            .out("shape", "int64")
            .attr("end", AttrSpec.Kind.INT)
            .attr("start", 0L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Optional<List<Dim>> dims = c.dims(0);
        if (dims.isEmpty()) {
            c.output(0, List.of(Dim.unknown()));
            return;
        }
        int rank = dims.get().size();
        int from = clamp(c.attrs().intOr("start", 0), rank);
        int to = Math.max(from, clamp(c.attrs().intOr("end", rank), rank));
        c.output(0, Shape.of(to - from));
        c.elements(0, dims.get().subList(from, to));
    }

    @Override
    public OpCost cost(CostContext c) {
        return OpCost.FREE.reading(Dim.of(0));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.DATA_MOVEMENT, Trait.CONSTANT_FOLDABLE);
    }

    private static int clamp(long index, int rank) {
        return (int) Math.max(0, Math.min(rank, index < 0 ? index + rank : index));
    }
}
