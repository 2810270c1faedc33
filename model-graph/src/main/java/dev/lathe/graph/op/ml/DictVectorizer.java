package dev.lathe.graph.op.ml;

import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The values of a map as a row with a place for every word of the vocabulary.
public final class DictVectorizer implements OpSpec {
    private static final Schema SCHEMA = Schema.of("ai.onnx.ml", "DictVectorizer", 1)
            .in("X", "")
            .out("Y", "")
            .attr("int64_vocabulary", AttrSpec.Kind.INTS)
            .attr("string_vocabulary", AttrSpec.Kind.STRINGS)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Dim words = MlRules.length(c.attrs(), "int64_vocabulary", "string_vocabulary");
        Optional<DType> value =
                c.type(0) instanceof ValueType.MapType(DType key, ValueType v) ? v.dtype() : Optional.empty();
        c.output(0, value, Shape.of(List.of(Dim.of(1), words)));
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
