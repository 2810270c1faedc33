package dev.lathe.graph.op.control;

import dev.lathe.graph.DimMath;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.Items;
import dev.lathe.graph.op.Known;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A list with one tensor less.
public final class SequenceErase implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("SequenceErase", 11)
            .in("input_sequence", "")
            .optIn("position", "I")
            .out("output_sequence", "")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Known list = Known.of(c.type(0));
        c.know(0, c.input(0).items().map(i -> list.withItems(shorter(c, i))).orElse(list));
    }

    private static Items shorter(InferContext c, Items before) {
        Optional<List<ValueType>> each =
                before.each().flatMap(all -> position(c, all.size()).map(at -> Items.erased(all, at)));
        return each.map(Items::of).orElseGet(() -> new Items(DimMath.sub(before.length(), 1), Optional.empty()));
    }

    /// Which one goes: the last unless told.
    private static Optional<Integer> position(InferContext c, int size) {
        Optional<Long> given =
                c.has(1) ? c.numbers(1).filter(p -> p.size() == 1).map(List::getFirst) : Optional.of(-1L);
        return given.flatMap(p -> Items.place(size, p, 0));
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
