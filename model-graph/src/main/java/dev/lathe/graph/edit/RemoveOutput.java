package dev.lathe.graph.edit;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.text.GraphText;
import java.util.List;

/// Lets the model no longer give an output. What computed it stays: `simplify` drops what nothing needs.
public record RemoveOutput(String tensor) implements Edit {
    @Override
    public String text() {
        return "no output " + GraphText.name(tensor);
    }

    @Override
    public Model apply(Model model, JobContext context) throws LatheException {
        Graph graph = model.graph();
        ModelNames.TensorAt at = ModelNames.of(model).mainTensor(tensor);
        List<ValueId> rest =
                graph.outputs().stream().filter(o -> !o.equals(at.id())).toList();
        if (rest.isEmpty() || rest.size() == graph.outputs().size()) {
            throw new LatheException(Diagnostic.error(
                    "edit-not-possible",
                    rest.isEmpty() ? "it is the only output of the model" : "it is no output of the model",
                    new Place.AtValue(tensor)));
        }
        return OneGraph.change(model, graph, (editor, ids) -> editor.setOutputs(rest));
    }
}
