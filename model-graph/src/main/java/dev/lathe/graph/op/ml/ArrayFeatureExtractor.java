package dev.lathe.graph.op.ml;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
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

/// The columns of the last axis that the indices name.
public final class ArrayFeatureExtractor implements OpSpec {
    private static final Schema SCHEMA = Schema.of("ai.onnx.ml", "ArrayFeatureExtractor", 1)
            .in("X", "T")
            .in("Y", "int64")
            .out("Z", "T")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        c.dims(0).ifPresent(dims -> {
            // A vector is taken as one row.
            List<Dim> out = new ArrayList<>(dims.size() < 2 ? List.of(Dim.of(1)) : dims.subList(0, dims.size() - 1));
            out.add(c.dims(1).map(DimMath::product).orElse(Dim.unknown()));
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
