package dev.lathe.graph.op.nn;

import dev.lathe.graph.Dim;
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
import java.util.Set;

/// Normalisation with stored statistics, which fold into one scale and one shift: 2 per element.
public final class BatchNormalization implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("BatchNormalization", 1, 6, 7, 9, 14, 15)
            .in("X", "T")
            .in("scale", "T1")
            .ranks(1, 1, 9)
            .in("B", "T1")
            .ranks(1, 1, 9)
            .in("input_mean", "T2")
            .ranks(1, 1, 9)
            .in("input_var", "T2")
            .ranks(1, 1, 9)
            .out("Y", "T")
            .optOut("mean", "T")
            .optOut("var", "T")
            .optOut("saved_mean", "T")
            .optOut("saved_var", "T")
            .attr("epsilon", 1e-05f)
            .attr("is_test", 0L)
            .attr("momentum", 0.899999976f)
            .attr("spatial", 1L)
            .attr("training_mode", 0L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        if (c.opset() < 9) {
            Sizes.atRun(c).rank(1, 1).rank(2, 1).rank(3, 1).rank(4, 1);
        }
        Rules.sameAsInput(c);
        boolean training = c.attrs().intOr("training_mode", 0) != 0;
        if (c.opset() >= 14 && c.outputs() != 1 && !(training && c.outputs() == 3)) {
            c.fault(
                    training
                            ? "in training mode it has 1 or 3 outputs, not " + c.outputs()
                            : "outside of training mode it has 1 output, not " + c.outputs());
        }
        c.dims(0).filter(d -> d.size() > 1).ifPresent(d -> {
            for (int i = 1; i < c.inputs(); i++) {
                if (d.get(1) instanceof Dim.Fixed(long channels)
                        && c.dims(i)
                                        .filter(p -> p.size() == 1)
                                        .map(List::getFirst)
                                        .orElse(d.get(1))
                                instanceof Dim.Fixed(long there)
                        && there != channels) {
                    c.misfit(there + " numbers are given for " + channels + " channels");
                }
            }
            for (int i = 1; i < c.outputs(); i++) {
                c.output(i, List.of(d.get(1)));
            }
        });
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, 2);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
