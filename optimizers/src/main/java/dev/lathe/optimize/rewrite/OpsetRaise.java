package dev.lathe.optimize.rewrite;

import dev.lathe.graph.Model;
import dev.lathe.graph.edit.OpsetMeaning;
import java.util.Optional;

/// Declares a model newer than it is, where every operator that it uses means the same in both versions.
public final class OpsetRaise {
    private OpsetRaise() {}

    /// Why the model cannot be declared to be of opset `wanted`; empty when it can, or is that new already.
    public static Optional<String> obstacle(Model model, long wanted) {
        return model.opset() >= wanted ? Optional.empty() : OpsetMeaning.obstacle(model, wanted);
    }

    /// The model with opset `wanted`; the same instance when it is that new. Ask [#obstacle] first.
    public static Model to(Model model, long wanted) {
        return model.opset() >= wanted ? model : OpsetMeaning.declare(model, "", wanted);
    }
}
