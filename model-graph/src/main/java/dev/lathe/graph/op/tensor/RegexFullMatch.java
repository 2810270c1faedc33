package dev.lathe.graph.op.tensor;

import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// Whether each string matches a pattern; what that costs depends on the strings.
public final class RegexFullMatch implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("RegexFullMatch", 20)
            .in("X", "string")
            .out("Y", "bool")
            .attr("pattern", AttrSpec.Kind.STRING)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        if (!c.attrs().has("pattern")) {
            c.fault("the attribute 'pattern' must be given");
        }
        Rules.sameAsInput(c);
    }

    @Override
    public OpCost cost(CostContext c) {
        return OpCost.UNKNOWN;
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.ELEMENTWISE, Trait.CONSTANT_FOLDABLE);
    }
}
