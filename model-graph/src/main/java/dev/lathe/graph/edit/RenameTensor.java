package dev.lathe.graph.edit;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Model;
import dev.lathe.graph.text.GraphText;

/// Calls a tensor by another name, everywhere. That of an input or output of the model is what its callers
/// use.
public record RenameTensor(String tensor, String name) implements Edit {
    @Override
    public String text() {
        return "rename tensor " + GraphText.name(tensor) + " to " + GraphText.name(name);
    }

    @Override
    public Model apply(Model model, JobContext context) throws LatheException {
        ModelNames.TensorAt at = ModelNames.of(model).tensor(tensor);
        if (name.isEmpty() || ModelNames.seenFrom(at).anyMatch(v -> v.name().equals(name) && !v.id().equals(at.id()))) {
            throw new LatheException(Diagnostic.error(
                    "edit-name-taken",
                    name.isEmpty() ? "a tensor needs a name" : "there is a tensor '" + name + "' already",
                    new Place.AtValue(tensor)));
        }
        String old = at.graph().nameOf(at.id());
        return OneGraph.change(
                model,
                at.graph(),
                (editor, ids) -> editor.rename(at.id(), name),
                g -> KeptFields.renamed(g, old, name));
    }
}
