package dev.lathe.graph.edit;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Model;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.analyze.Inference;
import dev.lathe.graph.text.GraphText;
import java.util.Optional;

/// Declares the type of a tensor: how an input gets a fixed size, or a free one with a name.
public record DeclareType(String tensor, ValueType type) implements Edit {
    @Override
    public String text() {
        return "type " + GraphText.name(tensor) + ": " + GraphText.print(type);
    }

    @Override
    public Model apply(Model model, JobContext context) throws LatheException {
        ModelNames.TensorAt at = ModelNames.of(model).tensor(tensor);
        Optional<ValueType> constant = at.graph().initializer(at.id()).map(Tensor::type);
        if (constant.filter(c -> Contradiction.between(c, type)).isPresent()) {
            throw new LatheException(Diagnostic.error(
                    "edit-not-possible",
                    "it is a constant, which is " + GraphText.print(constant.get()),
                    new Place.AtValue(tensor)));
        }
        String name = at.graph().nameOf(at.id());
        Model declared = OneGraph.change(
                model,
                at.graph(),
                (editor, ids) -> editor.declare(at.id(), type),
                // An input that is an output, too, is one tensor.
                g -> KeptFields.withoutOutput(g, name));
        if (at.graph() != at.root()) {
            // Inside a node a contradiction is only a remark, since other declarations may never matter there.
            ValueType found = Inference.of(declared, context).type(at.id());
            if (Contradiction.between(found, type)) {
                throw new LatheException(Diagnostic.error(
                        "edit-not-possible", "it is " + GraphText.print(found), new Place.AtValue(tensor)));
            }
        }
        return declared;
    }
}
