package dev.lathe.graph.op.nn;

import dev.lathe.graph.Dim;
import dev.lathe.graph.Shape;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// Log softmax (9 per score), then minus the log probability of the label.
public final class SoftmaxCrossEntropyLoss implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("SoftmaxCrossEntropyLoss", 12, 13)
            .in("scores", "T")
            .ranks(2, Integer.MAX_VALUE)
            .in("labels", "Tind")
            .optIn("weights", "T")
            .rank(1)
            .out("output", "T")
            .optOut("log_prob", "T")
            .attr("ignore_index", AttrSpec.Kind.INT)
            .attr("reduction", "mean")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Losses.check(c);
        if (c.dims(0)
                .filter(d -> d.size() >= 2 && d.subList(0, 2).contains(Dim.of(0)))
                .isPresent()) {
            c.contradiction("there are no samples, or no classes");
        }
        if (c.attrs().stringOr("reduction", "mean").equals("none")) {
            c.output(0, c.shape(1));
        } else {
            c.output(0, Shape.of());
        }
        c.output(1, c.shape(0));
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.perInputElement(c, 9);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
