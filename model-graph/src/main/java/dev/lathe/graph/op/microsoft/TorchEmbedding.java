package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Rows of a table [rows, size] by their numbers.
public final class TorchEmbedding implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "TorchEmbedding", 1)
            .in("weight", "T")
            .in("indices", "int64")
            .optIn("padding_idx", "int64")
            .optIn("scale_grad_by_freq", "bool")
            .out("Y", "T")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        c.dims(1).ifPresent(d -> {
            List<Dim> out = new ArrayList<>(d);
            out.add(CostContext.dim(c.type(0), 1));
            c.output(0, out);
        });
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.selection(c, 1);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.DATA_MOVEMENT, Trait.CONSTANT_FOLDABLE);
    }
}
