package dev.lathe.graph.op.early;

import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// One more step of a GRU's state h, whose gates hold the sums for reset, z and n: σ(z) · h + (1 − σ(z)) · tanh(n). σ,
/// tanh and four more: 12 per element. No runtime that we know has a kernel.
public final class GRUUnit implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("GRUUnit", 1, 10)
            .in("hidden_prev", "T")
            .in("gates", "T")
            .in("seq_lengths", "T")
            .in("t", "T")
            .out("hidden", "T")
            .attr("drop_states", AttrSpec.Kind.INT)
            .deprecated(10)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Rules.sameAsInput(c);
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, 4 + 2 * CostRules.TRANSCENDENTAL);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
