package dev.lathe.graph.op.tensor;

import dev.lathe.graph.Dim;
import dev.lathe.graph.Shape;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Reshaping;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The input under a given shape; 0 keeps an extent, −1 takes what is left.
public final class Reshape implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("Reshape", 1, 5, 13, 14, 19, 21, 23, 24, 25)
            .in("data", "T")
            .optIn("shape", "int64")
            .rank(1)
            .out("reshaped", "T")
            .attr("allowzero", 0L)
            .attr("shape", AttrSpec.Kind.INTS)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Optional<List<Dim>> wanted =
                c.attrs().ints("shape").map(s -> s.stream().map(Dim::of).toList());
        if (wanted.isEmpty()) {
            wanted = c.elements(1);
        }
        if (wanted.isEmpty()) {
            c.output(0, c.has(1) ? Rules.shapeFrom(c.input(1)) : Shape.unranked());
        } else {
            c.output(0, Reshaping.of(c, c.dims(0), wanted.get(), c.attrs().intOr("allowzero", 0) != 0));
        }
        Rules.keepElements(c);
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.view(c);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.VIEW, Trait.CONSTANT_FOLDABLE);
    }
}
