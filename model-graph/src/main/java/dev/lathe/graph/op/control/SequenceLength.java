package dev.lathe.graph.op.control;

import dev.lathe.graph.Dim;
import dev.lathe.graph.Shape;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Set;

/// The number of tensors in a list.
public final class SequenceLength implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("SequenceLength", 11)
            .in("input_sequence", "")
            .out("length", "int64")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        c.output(0, Shape.of());
        c.input(0).items().ifPresent(i -> {
            c.elements(0, List.of(i.length()));
            c.beyondLoading();
        });
    }

    @Override
    public OpCost cost(CostContext c) {
        return OpCost.FREE.reading(Dim.of(0));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.DATA_MOVEMENT);
    }
}
