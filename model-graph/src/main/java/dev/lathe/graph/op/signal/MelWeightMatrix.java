package dev.lathe.graph.op.signal;

import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
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

/// Weights from frequency bins to mel bands: 6 per element.
public final class MelWeightMatrix implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("MelWeightMatrix", 17)
            .in("num_mel_bins", "T1")
            .in("dft_length", "T1")
            .in("sample_rate", "T1")
            .in("lower_edge_hertz", "T2")
            .in("upper_edge_hertz", "T2")
            .out("output", "T3")
            .attr("output_datatype", 1L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Sizes.scalars(c, 0, 1);
        Dim bands = c.elements(0).filter(e -> e.size() == 1).map(List::getFirst).orElse(Dim.unknown());
        Dim length =
                c.elements(1).filter(e -> e.size() == 1).map(List::getFirst).orElse(Dim.unknown());
        c.output(
                0,
                Rules.dtypeAttr(c, "output_datatype").or(() -> Optional.of(DType.FLOAT32)),
                Shape.of(List.of(DimMath.add(DimMath.floorDiv(length, 2), 1), bands)));
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
