package dev.lathe.graph.op.tensor;

import dev.lathe.graph.Dim;
import dev.lathe.graph.op.AttrSpec;
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

/// The k largest or smallest elements along an axis and their indices; one comparison per element.
public final class TopK implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("TopK", 1, 10, 11, 24)
            .in("X", "T")
            .optIn("K", "int64")
            .out("Values", "T")
            .out("Indices", "int64")
            .attr("axis", -1L)
            .attr("k", AttrSpec.Kind.INT)
            .attr("largest", 1L)
            .attr("sorted", 1L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        if (c.has(1)
                && c.dims(1)
                        .filter(d -> d.size() != 1 || d.getFirst() instanceof Dim.Fixed(long n) && n != 1)
                        .isPresent()) {
            c.misfitOf(1, "K must be a vector of one number, and has shape " + c.shape(1));
            return;
        }
        Axes.attr(c, "axis", -1).ifPresent(axis -> {
            Dim k = c.attrs().has("k")
                    ? Dim.of(c.attrs().intOr("k", 1))
                    : c.elements(1)
                            .filter(e -> e.size() == 1)
                            .map(List::getFirst)
                            .orElse(Dim.unknown());
            List<Dim> out = new ArrayList<>(c.dims(0).orElseThrow());
            if (k instanceof Dim.Fixed(long most) && out.get(axis) instanceof Dim.Fixed(long there) && most > there) {
                c.contradiction("the " + most + " largest of only " + there + " elements are asked for");
            }
            out.set(axis, k);
            c.output(0, out);
            c.output(1, out);
        });
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.perInputElement(c, 1);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
