package dev.lathe.graph.op.tensor;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.Shape;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Set;

/// The number of elements of the input, an int64 scalar.
public final class Size implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("Size", 1, 13, 19, 21, 23, 24, 25)
            .in("data", "T")
            .out("size", "int64")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        c.output(0, Shape.of());
        c.dims(0).ifPresent(d -> c.elements(0, List.of(DimMath.product(d))));
    }

    @Override
    public OpCost cost(CostContext c) {
        return OpCost.FREE.reading(Dim.of(0));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.DATA_MOVEMENT, Trait.CONSTANT_FOLDABLE);
    }
}
