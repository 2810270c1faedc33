package dev.lathe.graph.op.control;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.Graph;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.Bodies;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A graph that runs over the slices of its scan inputs. Costs are the body's times the number of slices.
public final class Scan implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("Scan", 8, 9, 11, 16, 19, 21, 23, 24, 25)
            .optIn("sequence_lens", "") // int64 in version 8; a state or scan input since
            .manyIn("initial_state_and_scan_inputs", "")
            .manyOut("final_state_and_scan_outputs", "")
            .required("body", AttrSpec.Kind.GRAPH)
            .attr("directions", AttrSpec.Kind.INTS)
            .required("num_scan_inputs", AttrSpec.Kind.INT)
            .attr("scan_input_axes", AttrSpec.Kind.INTS)
            .attr("scan_input_directions", AttrSpec.Kind.INTS)
            .attr("scan_output_axes", AttrSpec.Kind.INTS)
            .attr("scan_output_directions", AttrSpec.Kind.INTS)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Optional<Graph> body = c.attrs().graph("body");
        if (body.isPresent() && c.opset() >= 9) {
            Bodies.scan(c, body.get());
        } else if (body.isPresent()) {
            Bodies.batchedScan(c, body.get());
        }
    }

    @Override
    public OpCost cost(CostContext c) {
        int states = c.node().inputs().size() - (int) c.attrs().intOr("num_scan_inputs", 1);
        List<Long> axes = c.attrs().ints("scan_input_axes").orElse(List.of());
        Dim slices = Dim.unknown();
        if (states >= 0 && c.opset() < 9) {
            // Of a batch, each with its own length; without lengths all are as long as the axis.
            slices = c.has(0) ? Dim.unknown() : DimMath.mul(c.dim(states, 0), c.dim(states, 1));
        } else if (states >= 0) {
            slices = c.dim(states, axes.isEmpty() ? 0 : Math.toIntExact(axes.getFirst()));
        }
        return c.attrs().graph("body").map(c::body).orElse(OpCost.UNKNOWN).times(slices);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONTROL_FLOW);
    }
}
