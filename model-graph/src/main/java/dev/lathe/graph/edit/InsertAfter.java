package dev.lathe.graph.edit;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.analyze.Inference;
import dev.lathe.graph.text.GraphText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Puts nodes behind a tensor: who used it uses the first output of the last of them instead. An output of
/// the model keeps its name and is what they compute.
///
/// @param statements e.g. `y = Relu(x)`
public record InsertAfter(String tensor, String statements) implements Edit {
    @Override
    public String text() {
        return "insert after " + GraphText.name(tensor) + " {" + statements + "}";
    }

    @Override
    public Model apply(Model model, JobContext context) throws LatheException {
        ModelNames.TensorAt at = ModelNames.of(model).tensor(tensor);
        ValueType before = at.graph().value(at.id()).map(Value::declared).orElse(ValueType.unknown());
        List<Value> last = new ArrayList<>();
        Model inserted = OneGraph.change(
                model,
                at.graph(),
                (editor, ids) -> {
                    GraphText.Fragment with = Inserted.read(
                            statements,
                            ModelNames.scope(at.root(), at.graph()),
                            Map.of(),
                            ids,
                            "insert after " + tensor);
                    if (with.nodes().isEmpty()
                            || with.nodes().getLast().outputs().stream().noneMatch(ValueId::isPresent)) {
                        throw new LatheException(Diagnostic.error(
                                "edit-output-missing", "the new nodes compute nothing", new Place.AtValue(tensor)));
                    }
                    Inserted.into(editor, ids, with, List.of(), Inserted.constantNodes(model, at.root(), at.graph()));
                    Optional<Node> user = firstUser(at);
                    ValueId instead = with.nodes().getLast().output(0);
                    if (!editor.redirect(at.id(), instead)) {
                        throw new LatheException(Diagnostic.error(
                                "edit-not-possible",
                                "it is an input and an output of the graph: nothing can be put between",
                                new Place.AtValue(tensor)));
                    }
                    Optional.ofNullable(with.values().get(instead)).ifPresent(v -> {
                        editor.declare(at.id(), before);
                        editor.declare(instead, v.declared());
                        last.add(v);
                    });
                    for (Node n : with.nodes()) {
                        Node made = Inserted.invented(n);
                        // Where they are wanted, so that what does not need them keeps its place before or behind.
                        user.ifPresentOrElse(u -> editor.addAsIsBefore(u.id(), made), () -> editor.addAsIs(made));
                    }
                },
                g -> KeptFields.withoutOutput(g, at.graph().nameOf(at.id())));
        if (!at.graph().isOutput(at.id()) || last.stream().anyMatch(v -> isKnown(v.declared()))) {
            return inserted;
        }
        Inference found = Inference.of(inserted, context);
        ValueId end = last.getFirst().id();
        ValueType type = EndType.of(before, found.type(at.id()), found.type(end));
        Graph holds = OneGraph.holding(inserted, end).orElseThrow();
        return OneGraph.change(inserted, holds, (editor, ids) -> editor.declare(end, type));
    }

    private static boolean isKnown(ValueType type) {
        return !(type instanceof ValueType.UnknownType);
    }

    /// Looked for: to know the users of every tensor is more than one edit needs.
    private static Optional<Node> firstUser(ModelNames.TensorAt tensor) {
        return tensor.graph().nodes().stream()
                .filter(n -> n.inputs().contains(tensor.id())
                        || n.subgraphs().stream().anyMatch(g -> g.captures().contains(tensor.id())))
                .findFirst();
    }
}
