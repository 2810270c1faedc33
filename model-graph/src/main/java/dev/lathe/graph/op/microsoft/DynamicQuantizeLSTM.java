package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Recurrent;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Sizes;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Set;

/// LSTM with quantized weights, which lie transposed: W [directions, input, 4·hidden] and R [directions, hidden,
/// 4·hidden].
public final class DynamicQuantizeLSTM implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "DynamicQuantizeLSTM", 1)
            .in("X", "T")
            .in("W", "T2")
            .in("R", "T2")
            .optIn("B", "T")
            .optIn("sequence_lens", "int32")
            .optIn("initial_h", "T")
            .optIn("initial_c", "T")
            .optIn("P", "T")
            .in("W_scale", "T")
            .in("W_zero_point", "T2")
            .in("R_scale", "T")
            .in("R_zero_point", "T2")
            .optOut("Y", "T")
            .optOut("Y_h", "T")
            .optOut("Y_c", "T")
            .attr("activation_alpha", AttrSpec.Kind.FLOATS)
            .attr("activation_beta", AttrSpec.Kind.FLOATS)
            .attr("activations", AttrSpec.Kind.STRINGS)
            .attr("clip", AttrSpec.Kind.FLOAT)
            .attr("direction", "forward")
            .attr("hidden_size", AttrSpec.Kind.INT)
            .attr("input_forget", 0L)
            .build();
    /// The axis of W and R that the product sums over.
    private static final int WIDTH = 1;

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Sizes.atLoading(c).rank(0, 3);
        Recurrent.inferWide(c, WIDTH);
        long size = c.attrs().intOr("hidden_size", 0);
        if (size <= 0) {
            return;
        }
        Dim directions = Recurrent.directions(c);
        Dim inner = Dim.of(4 * size);
        // A number for each direction, or one for each column of its weights.
        List<List<Dim>> each = List.of(List.of(directions), List.of(directions, inner));
        Sizes.atRun(c)
                .shape(1, directions, Dim.unknown(), inner)
                .shape(2, directions, Dim.of(size), inner)
                .oneOf(8, each)
                .oneOf(9, each)
                .oneOf(10, each)
                .oneOf(11, each);
        Recurrent.states(c, 4);
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.recurrent(c, 30, WIDTH);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.QUANTIZED, Trait.CONSTANT_FOLDABLE);
    }
}
