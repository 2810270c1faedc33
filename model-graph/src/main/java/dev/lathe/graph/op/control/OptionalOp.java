package dev.lathe.graph.op.control;

import dev.lathe.graph.Attr;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// A value that may be missing.
public final class OptionalOp implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("Optional", 15, 28)
            .optIn("input", "V")
            .out("output", "")
            .attr("type", AttrSpec.Kind.TYPE)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        if (c.has(0)) {
            c.know(0, c.input(0).withType(new ValueType.OptionalType(c.type(0))));
        } else if (c.attrs().find("type").orElse(null) instanceof Attr.TypeAttr(ValueType absent)) {
            c.output(0, new ValueType.OptionalType(absent));
        } else if (!c.attrs().has("type")) {
            c.fault("either its input or the attribute 'type' must be given");
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
