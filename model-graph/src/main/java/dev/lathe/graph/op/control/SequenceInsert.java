package dev.lathe.graph.op.control;

import dev.lathe.graph.DimMath;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.op.Bodies;
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

/// A list with one more tensor.
public final class SequenceInsert implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("SequenceInsert", 11)
            .in("input_sequence", "")
            .in("tensor", "T")
            .optIn("position", "I")
            .out("output_sequence", "")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        if (c.type(0) instanceof ValueType.SequenceType(ValueType each)
                && each.dtype().isPresent()
                && c.dtype(1).isPresent()
                && !each.dtype().equals(c.dtype(1))) {
            c.fault("a tensor of " + c.dtype(1).get().text() + " cannot be put into a list of tensors of "
                    + each.dtype().get().text());
        }
        Known one = Known.of(new ValueType.SequenceType(c.type(1)));
        Known list = Bodies.either(c.input(0), one);
        c.know(
                0,
                c.input(0)
                        .items()
                        .map(i -> Known.of(list.type()).withItems(longer(c, i)))
                        .orElse(list));
    }

    private static Items longer(InferContext c, Items before) {
        Optional<List<ValueType>> each =
                before.each().flatMap(all -> position(c, all.size()).map(at -> Items.inserted(all, at, c.type(1))));
        return each.map(Items::of).orElseGet(() -> new Items(DimMath.add(before.length(), 1), Optional.empty()));
    }

    /// Where the new one goes: at the end unless told.
    private static Optional<Integer> position(InferContext c, int size) {
        return c.has(2)
                ? c.numbers(2).filter(p -> p.size() == 1).flatMap(p -> Items.place(size, p.getFirst(), 1))
                : Optional.of(size);
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
