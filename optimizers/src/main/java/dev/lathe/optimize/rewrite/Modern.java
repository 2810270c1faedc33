package dev.lathe.optimize.rewrite;

import dev.lathe.graph.Editor;
import dev.lathe.graph.Model;

/// Old files made plain: before IR 4 every weight had to be listed among the inputs.
public final class Modern {
    /// The first IR version in which an initializer need not be an input.
    public static final long INITIALIZERS_NEED_NO_INPUT = 4;

    private Modern() {}

    /// Weights are no longer inputs, and callers see only what they must give. The same instance from IR 4 on,
    /// where an initializer among the inputs is a default that somebody meant to be overridable.
    public static Model plainWeights(Model model) {
        if (model.irVersion() >= INITIALIZERS_NEED_NO_INPUT) {
            return model;
        }
        Editor edit = model.graph().edit(model.newIds());
        edit.setInputs(model.graph().requiredInputs());
        return model.withGraph(edit.commit()).withIrVersion(INITIALIZERS_NEED_NO_INPUT);
    }
}
