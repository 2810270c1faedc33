package dev.lathe.graph.op.control;

import dev.lathe.graph.Graph;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.Bodies;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Optional;
import java.util.Set;

/// A graph that runs a number of times or while a condition holds. Costs are the body's times the number of
/// trips, unknown where data decides that.
public final class Loop implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("Loop", 1, 11, 13, 16, 19, 21, 23, 24, 25)
            .optIn("M", "int64")
            .optIn("cond", "bool")
            .manyIn("v_initial", "")
            .manyOut("v_final_and_scan_outputs", "")
            .required("body", AttrSpec.Kind.GRAPH)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Optional<Graph> body = c.attrs().graph("body");
        if (body.isPresent()) {
            Bodies.loop(c, body.get());
        }
    }

    @Override
    public OpCost cost(CostContext c) {
        return c.attrs()
                .graph("body")
                .map(body -> c.body(body).times(c.trips()))
                .orElse(OpCost.UNKNOWN);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONTROL_FLOW);
    }
}
