package dev.lathe.graph.op.signal;

import dev.lathe.graph.DType;
import dev.lathe.graph.Shape;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Sizes;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Hamming window of a given length: 6 per element.
public final class HammingWindow implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("HammingWindow", 17)
            .in("size", "T1")
            .out("output", "T2")
            .attr("output_datatype", 1L)
            .attr("periodic", 1L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Sizes.scalars(c, 0);
        c.output(
                0,
                Rules.dtypeAttr(c, "output_datatype").or(() -> Optional.of(DType.FLOAT32)),
                Shape.of(List.of(WindowSize.of(c))));
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, 6);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
