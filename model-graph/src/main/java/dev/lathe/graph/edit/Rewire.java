package dev.lathe.graph.edit;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Model;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.text.GraphText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Lets an input of a node be another tensor.
///
/// @param index of the input, from 0; inputs left out before it stay left out
/// @param tensor `_` to leave the input out
public record Rewire(String node, int index, String tensor) implements Edit {
    private static final String NONE = "_";

    /// More inputs than this no operator has.
    private static final int MOST = 1 << 16;

    @Override
    public String text() {
        return "rewire " + GraphText.name(node) + " input " + index + " to "
                + (tensor.equals(NONE) ? NONE : GraphText.name(tensor));
    }

    @Override
    public Model apply(Model model, JobContext context) throws LatheException {
        ModelNames.NodeAt at = ModelNames.of(model).node(node);
        Optional<ValueId> to =
                tensor.equals(NONE) ? Optional.of(ValueId.ABSENT) : ModelNames.inScope(at.root(), at.graph(), tensor);
        if (to.isEmpty() || index < 0 || index > MOST) {
            throw new LatheException(Diagnostic.error(
                    "edit-unknown",
                    to.isEmpty() ? "no tensor '" + tensor + "' can be used here" : "it has no input " + index,
                    new Place.AtNode(node, at.node().op())));
        }
        List<ValueId> inputs = new ArrayList<>(at.node().inputs());
        while (inputs.size() <= index) {
            inputs.add(ValueId.ABSENT);
        }
        inputs.set(index, to.get());
        while (!inputs.isEmpty() && !inputs.getLast().isPresent()) {
            inputs.removeLast();
        }
        return OneGraph.change(
                model, at.graph(), (editor, ids) -> editor.replace(at.node().withInputs(inputs)));
    }
}
