package dev.lathe.graph.op.training;

import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// The gradient of a value of the graph with respect to others. What it costs is the cost of the part of the graph
/// between them, run backwards, which this node does not hold.
public final class Gradient implements OpSpec {
    private static final Schema SCHEMA = Schema.of("ai.onnx.preview.training", "Gradient", 1)
            .manyIn("Inputs", "")
            .manyOut("Outputs", "")
            .required("xs", AttrSpec.Kind.STRINGS)
            .required("y", AttrSpec.Kind.STRING)
            .attr("zs", AttrSpec.Kind.STRINGS)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        // The inputs are the values of `xs`, then those of `zs`; a gradient has the type of what it belongs to.
        for (int i = 0; i < c.outputs() && i < c.inputs(); i++) {
            c.output(i, c.type(i));
        }
    }

    @Override
    public OpCost cost(CostContext c) {
        return OpCost.UNKNOWN;
    }

    @Override
    public Set<Trait> traits() {
        return Set.of();
    }
}
