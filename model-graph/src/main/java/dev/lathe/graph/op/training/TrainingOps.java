package dev.lathe.graph.op.training;

import dev.lathe.graph.op.OpFamily;
import dev.lathe.graph.op.OpSpec;
import java.util.List;

/// Training (domain ai.onnx.preview.training): one line per operator.
public final class TrainingOps implements OpFamily {
    @Override
    public String title() {
        return "Training";
    }

    @Override
    public List<OpSpec> ops() {
        return List.of(new Adagrad(), new Adam(), new Gradient(), new Momentum());
    }
}
