package dev.lathe.graph.op.control;

import dev.lathe.graph.ValueType;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.Items;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// One tensor of a list.
public final class SequenceAt implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("SequenceAt", 11)
            .in("input_sequence", "")
            .in("position", "I")
            .out("tensor", "T")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        if (c.type(0) instanceof ValueType.SequenceType(ValueType element)) {
            c.input(0).items().ifPresent(i -> c.beyondLoading());
            c.output(
                    0,
                    c.input(0)
                            .items()
                            .flatMap(Items::each)
                            .flatMap(all -> c.numbers(1)
                                    .filter(p -> p.size() == 1)
                                    .flatMap(p -> Items.place(all.size(), p.getFirst(), 0))
                                    .map(all::get))
                            .orElse(element));
        }
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.movement(c);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.DATA_MOVEMENT);
    }
}
