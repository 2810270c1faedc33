package dev.lathe.graph.op.tensor;

import dev.lathe.graph.Attr;
import dev.lathe.graph.DType;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.Casting;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Each element in another type; a conversion counts 1.
public final class Cast implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("Cast", 1, 6, 9, 13, 19, 21, 23, 24, 25, 28)
            .in("input", "T1")
            .out("output", "T2")
            .attr("round_mode", "up")
            .attr("saturate", 1L)
            .required("to", AttrSpec.Kind.INT)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Optional<DType> to = Rules.dtypeAttr(c, "to")
                .or(() -> DType.ofText(c.attrs().stringOr("to", "").toLowerCase(Locale.ROOT)));
        if (c.opset() < 6 && c.attrs().find("to").orElse(null) instanceof Attr.IntAttr) {
            c.fault("before opset 6 the attribute 'to' is the name of a type, not its number");
        }
        if (c.attrs().find("to").orElse(null) instanceof Attr.IntAttr(long code) && code == 0) {
            c.fault("the attribute 'to' is 0, which is no element type");
        }
        c.output(0, to, c.shape(0));
        Casting.contents(c, to);
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, 1);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.ELEMENTWISE, Trait.CONSTANT_FOLDABLE);
    }
}
