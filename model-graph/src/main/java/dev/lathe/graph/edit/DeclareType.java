package dev.lathe.graph.edit;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.text.GraphText;

/// Declares the type of a tensor: how an input gets a fixed size, or a free one with a name.
public record DeclareType(String tensor, ValueType type) implements Edit {
    @Override
    public String text() {
        return "type " + GraphText.name(tensor) + ": " + GraphText.print(type);
    }

    @Override
    public Model apply(Model model, JobContext context) throws LatheException {
        ModelNames.TensorAt at = ModelNames.of(model).tensor(tensor);
        return OneGraph.change(model, at.graph(), (editor, ids) -> editor.declare(at.id(), type));
    }
}
