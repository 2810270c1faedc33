package dev.lathe.graph.op.tensor;

import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Shape;
import dev.lathe.graph.op.AttrSpec;
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

/// Samples drawn from each row of probabilities: 10 per sample.
public final class Multinomial implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("Multinomial", 7, 22)
            .in("input", "T1")
            .out("output", "T2")
            .attr("dtype", 6L)
            .attr("sample_size", 1L)
            .attr("seed", AttrSpec.Kind.FLOAT)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Sizes.atLoading(c).rank(0, 2);
        Sizes.atRun(c).require(c.attrs().intOr("sample_size", 1) >= 1, () -> "'sample_size' must be at least 1");
        Dim rows = c.dims(0).filter(d -> !d.isEmpty()).map(List::getFirst).orElse(Dim.unknown());
        c.output(
                0,
                Rules.dtypeAttr(c, "dtype").or(() -> Optional.of(DType.INT32)),
                Shape.of(List.of(rows, Dim.of(c.attrs().intOr("sample_size", 1)))));
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, 10);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.RANDOM);
    }
}
