package dev.lathe.graph.edit;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Model;
import dev.lathe.graph.Value;
import dev.lathe.graph.io.onnx.KeptNames;
import java.util.LinkedHashSet;
import java.util.Set;

/// Tensors that a model's training goes by. What a model says about its training is kept as it is, so an edit must
/// leave it the tensors that it names.
final class TrainingNames {
    private TrainingNames() {}

    static void refuseLost(Model before, Model after) throws LatheException {
        if (before.graph() == after.graph() || !KeptNames.trains(before.extra())) {
            return;
        }
        Set<String> lost = new LinkedHashSet<>();
        before.graph().values().stream().map(Value::name).forEach(lost::add);
        after.graph().values().forEach(v -> lost.remove(v.name()));
        var named = KeptNames.trainingNames(before.extra(), lost);
        if (named.isPresent()) {
            throw new LatheException(Diagnostic.error(
                    "edit-not-possible",
                    "it would be gone, but what the model says about its training names it, and that is kept as it is",
                    new Place.AtValue(named.get())));
        }
    }
}
