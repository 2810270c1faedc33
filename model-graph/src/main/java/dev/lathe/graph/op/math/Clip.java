package dev.lathe.graph.op.math;

import dev.lathe.graph.Attr;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Sizes;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// Limited from below and above: two comparisons.
public final class Clip implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("Clip", 1, 6, 11, 12, 13)
            .in("input", "T")
            .optIn("min", "T")
            .optIn("max", "T")
            .out("output", "T")
            .attr("max", 3.4028234663852886e+38f)
            .attr("min", -3.4028234663852886e+38f)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        if (c.attrs().find("min").orElse(Attr.of("")) instanceof Attr.FloatAttr(float least)
                && c.attrs().find("max").orElse(Attr.of("")) instanceof Attr.FloatAttr(float most)
                && least > most) {
            c.fault("its least value, " + least + ", is above the largest, " + most);
        }
        Rules.sameAsInput(c);
        // Before opset 11 both are attributes.
        Sizes.atRun(c).single(1).single(2);
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, 2);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.ELEMENTWISE, Trait.IN_PLACE, Trait.CONSTANT_FOLDABLE);
    }
}
