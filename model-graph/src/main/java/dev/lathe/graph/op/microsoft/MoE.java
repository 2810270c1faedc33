package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
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

/// A mixture of experts: each token goes through the two or three products of its k best experts. 8 per element
/// of the routing and 4 per hidden number of an expert beside the products.
public final class MoE implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "MoE", 1)
            .in("input", "T")
            .in("router_probs", "T")
            .in("fc1_experts_weights", "T")
            .optIn("fc1_experts_bias", "T")
            .in("fc2_experts_weights", "T")
            .optIn("fc2_experts_bias", "T")
            .optIn("fc3_experts_weights", "T")
            .optIn("fc3_experts_bias", "T")
            .out("output", "T")
            .attr("activation_alpha", 1.0f)
            .attr("activation_beta", 0.0f)
            .attr("activation_type", "relu")
            .attr("k", 1L)
            .attr("normalize_routing_weights", 0L)
            .attr("swiglu_fusion", 0L)
            .attr("swiglu_limit", AttrSpec.Kind.FLOAT)
            .attr("use_sparse_mixer", 0L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        if (c.attrs().intOr("k", 1) < 1) {
            c.fault("'k' must be at least 1, and is " + c.attrs().intOr("k", 1));
            return;
        }
        ExpertSizes.check(c);
        Rules.sameAsInput(c);
    }

    @Override
    public OpCost cost(CostContext c) {
        Dim experts = c.dim(2, 0);
        Dim picks = DimMath.mul(
                DimMath.floorDiv(c.inputCount(0), c.dim(0, -1)), c.attrs().intOr("k", 1));
        Dim weights = DimMath.add(c.inputCount(2), c.inputCount(4));
        Dim all = c.has(6) ? DimMath.add(weights, c.inputCount(6)) : weights;
        Dim hidden = DimMath.mul(picks, c.dim(2, 1));
        return OpCost.ofMacs(
                DimMath.mul(picks, DimMath.floorDiv(all, experts)),
                DimMath.add(DimMath.mul(c.inputCount(1), 8), DimMath.mul(hidden, CostRules.TRANSCENDENTAL)));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
