package dev.lathe.graph.op.nn;

import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Shape;
import dev.lathe.graph.op.Axes;
import dev.lathe.graph.op.Broadcast;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Normalisation by mean and deviation from an axis on, then scale and shift: 8 per element.
public final class LayerNormalization implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("LayerNormalization", 17)
            .in("X", "T")
            .in("Scale", "T")
            .optIn("B", "T")
            .out("Y", "T")
            .optOut("Mean", "U")
            .optOut("InvStdDev", "U")
            .attr("axis", -1L)
            .attr("epsilon", 1e-05f)
            .attr("stash_type", 1L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Rules.sameAsInput(c);
        // The standard wants them to fit the axes that are normalised; runtimes take what fits the whole input.
        Broadcast.checkFills(c, "scale", c.shape(1), c.shape(0));
        if (c.has(2)) {
            Broadcast.checkFills(c, "bias", c.shape(2), c.shape(0));
        }
        Axes.attr(c, "axis", -1).ifPresent(axis -> {
            List<Dim> statistics = new ArrayList<>(c.dims(0).orElseThrow());
            Collections.fill(statistics.subList(axis, statistics.size()), Dim.of(1));
            Optional<DType> precision = DType.ofOnnxCode((int) c.attrs().intOr("stash_type", 1));
            c.output(1, precision, Shape.of(statistics));
            c.output(2, precision, Shape.of(statistics));
        });
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, 8);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
