package dev.lathe.graph.op.nn;

import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Recurrent;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// Long short-term memory: 4 gates; 30 FLOPs per hidden element and step besides the products.
public final class LSTM implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("LSTM", 1, 7, 14, 22)
            .in("X", "T")
            .rank(3)
            .in("W", "T")
            .in("R", "T")
            .optIn("B", "T")
            .optIn("sequence_lens", "int32")
            .optIn("initial_h", "T")
            .optIn("initial_c", "T")
            .optIn("P", "T")
            .optOut("Y", "T")
            .optOut("Y_h", "T")
            .optOut("Y_c", "T")
            .attr("activation_alpha", AttrSpec.Kind.FLOATS)
            .attr("activation_beta", AttrSpec.Kind.FLOATS)
            .attr("activations", AttrSpec.Kind.STRINGS)
            .attr("clip", AttrSpec.Kind.FLOAT)
            .attr("direction", "forward")
            .oneOf("forward", "reverse", "bidirectional")
            .attr("hidden_size", AttrSpec.Kind.INT)
            .attr("input_forget", 0L)
            .attr("layout", 0L)
            .attr("output_sequence", 0L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Recurrent.infer(c, 4);
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.recurrent(c, 30);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
