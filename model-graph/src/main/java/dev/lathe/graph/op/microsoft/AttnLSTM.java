package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
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

/// Long short-term memory whose input at each step is joined by what a Bahdanau attention over a memory M [batch,
/// memory, depth] found after the step before: W is as much wider. Beside the recurrent layer: the memory through MW
/// once; at each step the state through QW, 5 per key and a softmax of 8 per score, the weighted memory, and, where
/// there is one, the layer AW.
public final class AttnLSTM implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "AttnLSTM", 1)
            .in("X", "T")
            .rank(3)
            .in("W", "T")
            .in("R", "T")
            .optIn("B", "T")
            .optIn("sequence_lens", "int32")
            .optIn("initial_h", "T")
            .optIn("initial_c", "T")
            .optIn("P", "T")
            .optIn("QW", "T")
            .optIn("MW", "T")
            .optIn("V", "T")
            .optIn("M", "T")
            .optIn("memory_seq_lens", "int32")
            .optIn("AW", "T")
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
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Recurrent.outputs(c, 2);
        Dim hidden = Dim.of(c.attrs().intOr("hidden_size", 0));
        Dim directions = Recurrent.directions(c);
        Dim inner = DimMath.mul(hidden, 4);
        // What is looked at is as deep as the memory, or as wide as the layer that it goes through.
        Dim depth = Sizes.of(c, 11, 2);
        Dim attended = c.has(13) ? Sizes.of(c, 13, 2) : depth;
        Dim attention = Sizes.of(c, 8, 2);
        Sizes.atRun(c)
                .shape(1, directions, inner, DimMath.add(Sizes.of(c, 0, 2), attended))
                .shape(2, directions, inner, hidden)
                .shape(8, directions, hidden, attention)
                .shape(9, directions, depth, attention)
                .shape(10, directions, attention)
                .rank(11, 3)
                .same(11, 0, 0, 1);
        Recurrent.states(c, 4);
    }

    @Override
    public OpCost cost(CostContext c) {
        Dim directions = c.dim(1, 0);
        Dim batch = c.dim(0, 1);
        Dim memory = c.dim(11, 1);
        Dim runs = DimMath.mul(c.dim(0, 0), batch);
        Dim once = DimMath.mul(DimMath.mul(batch, memory), c.inputCount(9));
        Dim context = DimMath.mul(DimMath.mul(memory, c.dim(11, 2)), directions);
        Dim scores = DimMath.mul(memory, c.inputCount(10));
        Dim step = DimMath.sum(List.of(c.inputCount(8), scores, context, c.has(13) ? c.inputCount(13) : Dim.of(0)));
        Dim others = DimMath.add(
                DimMath.mul(scores, 1 + CostRules.TRANSCENDENTAL), DimMath.mul(DimMath.mul(memory, directions), 8));
        return CostRules.recurrent(c, 30)
                .plus(OpCost.ofMacs(DimMath.add(once, DimMath.mul(runs, step)), DimMath.mul(runs, others)));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
