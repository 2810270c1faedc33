package dev.lathe.profile.input;

import dev.lathe.graph.Attr;
import dev.lathe.graph.Function;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.ValueId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who uses each value of a model, and which values are constant, over the main graph, its subgraphs and the
/// functions.
final class Uses {
    /// The value is input number `index` of `node`.
    record Use(Node node, int index) {}

    private final Model model;
    private final Map<ValueId, List<Use>> uses = new HashMap<>();
    private final Map<ValueId, Tensor> constants = new HashMap<>();
    private final Map<ValueId, Node> producers = new HashMap<>();

    /// A subgraph's output becomes an output of the node that holds it.
    private final Map<ValueId, List<ValueId>> passedOn = new HashMap<>();

    Uses(Model model) {
        this.model = model;
        add(model.graph());
        model.functions().forEach(f -> add(f.body()));
    }

    private void add(Graph root) {
        root.forEachGraph(g -> {
            constants.putAll(g.initializers());
            for (Node n : g.nodes()) {
                for (int i = 0; i < n.inputs().size(); i++) {
                    if (n.inputs().get(i).isPresent()) {
                        uses.computeIfAbsent(n.inputs().get(i), k -> new ArrayList<>())
                                .add(new Use(n, i));
                    }
                }
                n.outputs().forEach(o -> producers.put(o, n));
                if (n.op().equals("Constant") && n.output(0).isPresent()) {
                    n.attrs().tensor("value").ifPresent(t -> constants.put(n.output(0), t));
                }
                if (n.op().equals("If")) {
                    n.subgraphs().forEach(s -> pass(s.outputs(), n.outputs()));
                }
                link(n);
            }
        });
    }

    /// Bodies of loops and functions get their inputs by position.
    private void link(Node n) {
        Optional<Function> called = model.function(n);
        if (called.isPresent()) {
            pass(n.inputs(), called.get().body().inputs());
            pass(called.get().body().outputs(), n.outputs());
        }
        if (n.op().equals("Loop") || n.op().equals("Scan")) {
            Optional<Graph> body = n.attrs().find("body") instanceof Optional<Attr> a
                            && a.isPresent()
                            && a.get() instanceof Attr.GraphAttr(Graph g)
                    ? Optional.of(g)
                    : Optional.empty();
            body.ifPresent(b -> pass(n.inputs(), b.inputs()));
        }
    }

    private void pass(List<ValueId> from, List<ValueId> to) {
        for (int i = 0; i < Math.min(from.size(), to.size()); i++) {
            passedOn.computeIfAbsent(from.get(i), k -> new ArrayList<>(1)).add(to.get(i));
        }
    }

    List<Use> of(ValueId value) {
        return uses.getOrDefault(value, List.of());
    }

    List<ValueId> passedOn(ValueId value) {
        return passedOn.getOrDefault(value, List.of());
    }

    /// The constant tensor behind `value`, also through casts and identities that do not change its extents.
    Optional<Tensor> constant(ValueId value) {
        ValueId at = value;
        for (int step = 0; step < 4; step++) {
            Tensor found = constants.get(at);
            if (found != null) {
                return Optional.of(found);
            }
            Node maker = producers.get(at);
            if (maker == null) {
                return Optional.empty();
            }
            switch (maker.op()) {
                case "Identity", "Cast", "DequantizeLinear" -> at = maker.input(0);
                default -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }
}
