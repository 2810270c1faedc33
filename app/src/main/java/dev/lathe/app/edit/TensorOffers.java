package dev.lathe.app.edit;

import dev.lathe.app.edit.EditOffer.Kind;
import dev.lathe.graph.Graph;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueNames;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.edit.ModelNames;
import dev.lathe.graph.text.GraphText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is offered for one tensor.
final class TensorOffers {
    private final Graph graph;
    private final ValueId id;
    private final String name;
    /// Without the path: what the tensor is called where it is.
    private final String own;

    private final ValueType type;

    private TensorOffers(Analysis shown, ValueId id, String name) {
        graph = shown.model().graph();
        this.id = id;
        this.name = GraphText.name(name);
        own = GraphText.name(ValueNames.of(graph).of(id));
        type = shown.type(id);
    }

    /// Of a tensor that the model has.
    static TensorOffers at(Analysis shown, ValueId id) {
        return new TensorOffers(
                shown, id, ModelNames.tensorName(shown.model(), id).orElseThrow());
    }

    static List<EditOffer> of(Analysis shown, ValueId id) {
        if (ModelNames.tensorName(shown.model(), id).isEmpty()) {
            return List.of();
        }
        TensorOffers t = at(shown, id);
        List<EditOffer> all = new ArrayList<>();
        all.add(EditOffer.of(
                Kind.RENAME,
                "Rename…",
                "rename tensor " + t.name + " to ",
                t.own,
                "",
                "Everywhere in the model. An input's or output's name is what callers of the model use."));
        all.add(t.insert());
        t.output().ifPresent(all::add);
        if (t.graph.isInput(id) && !(t.type instanceof ValueType.UnknownType)) {
            all.add(EditOffer.of(
                    Kind.TYPE,
                    "Set type…",
                    "type " + t.name + ": ",
                    GraphText.print(t.graph.value(id).orElseThrow().declared()),
                    "",
                    "Fixed sizes, or names for free ones, e.g. float32[batch, 3, 224, 224]."));
        }
        return all;
    }

    EditOffer insert() {
        return EditOffer.of(
                Kind.INSERT,
                "Insert after…",
                "insert after " + name + " { " + fresh() + " = ",
                "Identity",
                "(" + own + ") }",
                "What used the tensor takes what the last of these nodes gives.");
    }

    /// Only tensors of the main graph can be outputs, and a model has one at least.
    Optional<EditOffer> output() {
        if (graph.value(id).isEmpty() || graph.isInput(id)) {
            return Optional.empty();
        }
        if (!graph.isOutput(id)) {
            return Optional.of(EditOffer.of(
                    Kind.OUTPUT,
                    "Make output",
                    "output " + name,
                    "",
                    "",
                    "The model gives this tensor, too: one more output for whoever runs it."));
        }
        return graph.outputs().size() < 2
                ? Optional.empty()
                : Optional.of(EditOffer.of(
                        Kind.OUTPUT,
                        "No output",
                        "no output " + name,
                        "",
                        "",
                        "The model no longer gives it. Simplify drops what then computes nothing."));
    }

    private String fresh() {
        String wanted = "inserted";
        for (int i = 2; graph.valueNamed(wanted).isPresent(); i++) {
            wanted = "inserted_" + i;
        }
        return wanted;
    }
}
