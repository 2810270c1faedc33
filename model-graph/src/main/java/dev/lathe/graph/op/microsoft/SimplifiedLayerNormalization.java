package dev.lathe.graph.op.microsoft;

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
import java.util.Set;

/// Division by the root mean square, then scale: 4 per element.
public final class SimplifiedLayerNormalization implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("SimplifiedLayerNormalization", 1)
            .in("X", "T")
            .in("scale", "T")
            .out("Y", "T")
            .optOut("inv_std_var", "U")
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
        Broadcast.checkFills(c, "scale", c.shape(1), c.shape(0));
        Axes.attr(c, "axis", -1).ifPresent(axis -> {
            List<Dim> rows = new ArrayList<>(c.dims(0).orElseThrow());
            Collections.fill(rows.subList(axis, rows.size()), Dim.of(1));
            c.output(1, DType.ofOnnxCode((int) c.attrs().intOr("stash_type", 1)), Shape.of(rows));
        });
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, 4);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
