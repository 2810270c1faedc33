package dev.lathe.graph.op.nn;

import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Node;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Training;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Nothing in inference; in training, elements are zeroed at random.
public final class Dropout implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("Dropout", 1, 6, 7, 10, 12, 13, 22)
            .in("data", "T")
            .optIn("ratio", "T1")
            .rank(0)
            .optIn("training_mode", "bool")
            .rank(0)
            .out("output", "T")
            .optOut("mask", "bool")
            .attr("is_test", 0L)
            .attr("ratio", 0.5f)
            .attr("seed", AttrSpec.Kind.INT)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Rules.identity(c);
        c.output(1, Optional.of(c.opset() < 10 ? c.dtype(0).orElse(DType.FLOAT32) : DType.BOOL), c.shape(0));
    }

    @Override
    public OpCost cost(CostContext c) {
        return Training.dropout(c);
    }

    @Override
    public boolean isView(Node node, Function<ValueId, Optional<List<Dim>>> elements) {
        return !Training.mayBe(node, elements);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.VIEW, Trait.CONSTANT_FOLDABLE);
    }
}
