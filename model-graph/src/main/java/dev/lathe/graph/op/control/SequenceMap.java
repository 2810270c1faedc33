package dev.lathe.graph.op.control;

import dev.lathe.graph.Dim;
import dev.lathe.graph.Graph;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.Bodies;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.Items;
import dev.lathe.graph.op.Known;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A graph that runs for every element of a list, or of several lists side by side. It costs what
/// its body does for each, unknown where their number is.
public final class SequenceMap implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("SequenceMap", 17)
            .in("input_sequence", "")
            .manyIn("additional_inputs", "")
            .manyOut("out_sequence", "")
            .required("body", AttrSpec.Kind.GRAPH)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Optional<Graph> body = c.attrs().graph("body");
        if (body.isEmpty()) {
            return;
        }
        if (body.get().inputs().size() != c.inputs() || body.get().outputs().size() != c.outputs()) {
            c.fault("its body has " + body.get().inputs().size() + " inputs and "
                    + body.get().outputs().size() + " outputs, the node " + c.inputs() + " and " + c.outputs());
            return;
        }
        List<Known> formals = new ArrayList<>();
        for (int i = 0; i < c.inputs(); i++) {
            formals.add(
                    c.type(i) instanceof ValueType.SequenceType(ValueType element) ? Known.of(element) : c.input(i));
        }
        Optional<Dim> length = c.input(0).items().map(Items::length);
        int outside = c.contradictions();
        List<Known> results = c.body(body.get(), formals);
        Bodies.leave(c, outside, length.orElse(Dim.unknown()).fixed().orElse(0));
        for (int i = 0; i < c.outputs() && i < results.size(); i++) {
            ValueType element = results.get(i).type();
            Known list = Known.of(new ValueType.SequenceType(element));
            c.know(i, length.map(n -> list.withItems(Items.of(n, element))).orElse(list));
        }
    }

    @Override
    public OpCost cost(CostContext c) {
        OpCost once = c.attrs().graph("body").map(c::body).orElse(OpCost.UNKNOWN);
        return once.times(c.items(0).map(Items::length).orElse(Dim.unknown()));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONTROL_FLOW);
    }
}
