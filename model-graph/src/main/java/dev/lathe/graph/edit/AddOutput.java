package dev.lathe.graph.edit;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Model;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.analyze.Inference;
import dev.lathe.graph.text.GraphText;
import java.util.ArrayList;
import java.util.List;

/// Lets the model give a tensor of its main graph as a further output, of the type that is inferred for it.
public record AddOutput(String tensor) implements Edit {
    @Override
    public String text() {
        return "output " + GraphText.name(tensor);
    }

    @Override
    public Model apply(Model model, JobContext context) throws LatheException {
        ModelNames.TensorAt at = ModelNames.of(model).mainTensor(tensor);
        List<ValueId> outputs = new ArrayList<>(model.graph().outputs());
        if (outputs.contains(at.id())) {
            throw new LatheException(
                    Diagnostic.error("edit-not-possible", "it is an output already", new Place.AtValue(tensor)));
        }
        outputs.add(at.id());
        ValueType type = Inference.of(model, context).type(at.id());
        return OneGraph.change(model, model.graph(), (editor, ids) -> {
            editor.declare(at.id(), type);
            editor.setOutputs(outputs);
        });
    }
}
