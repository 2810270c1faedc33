package dev.lathe.graph.op.control;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.Axes;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.Items;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The tensors of a list joined along an axis.
public final class ConcatFromSequence implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("ConcatFromSequence", 11)
            .in("input_sequence", "")
            .out("concat_result", "T")
            .required("axis", AttrSpec.Kind.INT)
            .attr("new_axis", 0L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        if (c.type(0) instanceof ValueType.SequenceType(ValueType element)) {
            c.output(0, element.dtype(), joined(c, element.shape()));
        }
    }

    private static Shape joined(InferContext c, Shape element) {
        if (!(element instanceof Shape.Ranked(List<Dim> dims))) {
            return Shape.unranked();
        }
        boolean stacked = c.attrs().intOr("new_axis", 0) != 0;
        List<Dim> out = new ArrayList<>(dims);
        Optional<Integer> axis = Axes.of(c, c.attrs().intOr("axis", 0), stacked ? dims.size() + 1 : dims.size());
        if (axis.isEmpty()) {
            return Shape.unranked();
        }
        Optional<Items> items = c.input(0).items();
        items.ifPresent(i -> c.beyondLoading());
        Dim length = items.map(Items::length).orElse(Dim.unknown());
        if (stacked) {
            out.add(axis.get(), length);
        } else {
            out.set(
                    axis.get(),
                    items.flatMap(Items::each)
                            .map(all -> sum(all, axis.get()))
                            .orElseGet(() -> DimMath.mul(length, dims.get(axis.get()))));
        }
        return Shape.of(out);
    }

    private static Dim sum(List<ValueType> each, int axis) {
        return DimMath.sum(each.stream()
                .map(t ->
                        t.shape() instanceof Shape.Ranked(List<Dim> d) && axis < d.size() ? d.get(axis) : Dim.unknown())
                .toList());
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
