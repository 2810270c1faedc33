package dev.lathe.graph.op.ml;

import dev.lathe.graph.DType;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// Each row as a map from label to value.
public final class ZipMap implements OpSpec {
    private static final Schema SCHEMA = Schema.of("ai.onnx.ml", "ZipMap", 1)
            .in("X", "float32")
            .out("Z", "")
            .attr("classlabels_int64s", AttrSpec.Kind.INTS)
            .attr("classlabels_strings", AttrSpec.Kind.STRINGS)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        DType key = c.attrs().has("classlabels_strings") ? DType.STRING : DType.INT64;
        ValueType value = ValueType.tensor(DType.FLOAT32, Shape.of());
        c.output(0, new ValueType.SequenceType(new ValueType.MapType(key, value)));
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.movement(c);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.DATA_MOVEMENT);
    }
}
