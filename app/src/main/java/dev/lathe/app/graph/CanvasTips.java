package dev.lathe.app.graph;

import dev.lathe.app.graph.GraphLayout.Box;
import dev.lathe.app.graph.GraphLayout.Kind;
import dev.lathe.app.graph.GraphLayout.Wire;
import dev.lathe.app.graph.ScopeTree.Item;
import dev.lathe.app.graph.ScopeTree.Scope;
import dev.lathe.app.ui.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is told about the box or the wire under the pointer.
final class CanvasTips {
    private final GraphView view;
    private final GraphViewModel model;

    CanvasTips(GraphView view, GraphViewModel model) {
        this.view = view;
        this.model = model;
    }

    List<String> about(Wire w) {
        List<String> lines = new ArrayList<>();
        view.scene().ifPresent(s -> {
            var graph = s.analysis().model().graph();
            var type = s.analysis().type(w.value());
            lines.add(graph.nameOf(w.value()));
            String dtype = type.dtype().map(d -> d.text() + " · ").orElse("");
            lines.add(dtype
                    + Numbers.shape(type.shape())
                    + WireLabels.bytes(s, w).map(b -> " · " + b).orElse(""));
            view.cost().ifPresent(c -> lines.addAll(c.copies.tip(w)));
        });
        return lines;
    }

    List<String> about(Box box) {
        List<String> lines = new ArrayList<>();
        view.scene().ifPresent(s -> {
            var a = s.analysis();
            if (box.value().isPresent()) {
                lines.add(box.title());
                var type = a.type(box.value().get());
                String dtype = type.dtype().map(d -> d.text() + " · ").orElse("");
                lines.add((box.kind() == Kind.INPUT ? "input · " : "output · ") + dtype + Numbers.shape(type.shape()));
                return;
            }
            Optional<Item> item = s.tree().item(box.path());
            item.ifPresent(i -> {
                String name = switch (i) {
                    case ScopeTree.Leaf l -> s.tree().layerName(l.node());
                    case Scope c -> c.path().replace('/', '.');
                };
                lines.add(name);
                lines.add(box.detail());
                Optional<dev.lathe.graph.NodeId> main = switch (i) {
                    case ScopeTree.Leaf l -> Optional.of(l.node());
                    case Scope c -> c.head();
                };
                main.flatMap(n -> a.model().graph().node(n))
                        .filter(n -> !n.outputs().isEmpty())
                        .ifPresent(n -> {
                            String shape = Numbers.shape(a.type(n.output(0)).shape());
                            if (!shape.equals(Numbers.UNKNOWN)) {
                                lines.add("→ " + shape);
                            }
                        });
                main.ifPresent(n -> lines.addAll(model.notesOn(n)));
                view.cost().ifPresent(c -> {
                    if (c.total.isPresent()) {
                        lines.add(c.words(i));
                    } else if (c.by.isHeat()) {
                        lines.add(c.by.label() + " not known yet");
                    }
                });
            });
        });
        return lines;
    }
}
