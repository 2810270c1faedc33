package dev.lathe.graph.op.tensor;

import dev.lathe.graph.DType;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Optional;
import java.util.Set;

/// The same bits read as another type of the same width.
public final class BitCast implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("BitCast", 26)
            .in("input", "T1")
            .out("output", "T2")
            .required("to", AttrSpec.Kind.INT)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Optional<DType> to = Rules.dtypeAttr(c, "to");
        if (to.isPresent()
                && c.dtype(0).isPresent()
                && to.get().bits() != c.dtype(0).get().bits()) {
            c.fault("an element of " + c.dtype(0).get().text() + " has not as many bits as one of "
                    + to.get().text());
        }
        c.output(0, to, c.shape(0));
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
