package dev.lathe.profile;

import dev.lathe.graph.Attr;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The cone of source nodes behind each node of the graph that the engine made.
///
/// The engine's node computes tensors that mostly still have their names in the source graph. From the
/// source's producer of such a tensor the walk goes back until tensors that the engine's graph has too:
/// what it crosses is what the engine's node does. A node none of whose tensors kept its name is recognised
/// by its own name, which in a layout of the engine's tells the tensor; failing that, it belongs to the nearest node
/// after it (else before it) that has a cone, as a change of layout does; there to the nodes of its own operator, if
/// there are any.
///
/// What no input of a run reaches is computed once, at load; it is in a cone only as the very thing that a
/// node of the engine computes.
///
/// Bodies of an If, Loop or Scan are graphs of their own: that of the engine's node is compared with the
/// body of the node behind it, by the name of the attribute that holds it.
final class Cones {
    /// How ONNX Runtime calls a node that it moves to another layout: by the tensor that it computed there (blocked
    /// channels) or by the node (channels last), and a number where that name is taken.
    private static final Pattern LAYOUT = Pattern.compile("(.+)_(nchwc|nhwc)(_token_\\d+)?");

    /// What it puts before the name of a tensor that it keeps in another precision.
    private static final String CAST = "InsertedPrecisionFreeCast_";

    private final Graph source;
    private final Graph optimized;
    private final Map<String, ValueId> sourceByName = new HashMap<>();
    private final Map<String, List<Node>> nodesByName = new HashMap<>();
    private final Set<ValueId> boundary = new HashSet<>();
    private final Set<ValueId> reached = new HashSet<>();
    private final Set<NodeId> varying = new HashSet<>();

    /// @param outside values of the enclosing graphs that differ from run to run
    private Cones(Graph source, Graph optimized, Set<ValueId> outside) {
        this.source = source;
        this.optimized = optimized;
        for (Value v : source.values()) {
            sourceByName.putIfAbsent(v.name(), v.id());
        }
        for (Node n : source.nodes()) {
            if (!n.name().isEmpty()) {
                nodesByName.computeIfAbsent(n.name(), k -> new ArrayList<>(1)).add(n);
            }
        }
        for (Value v : optimized.values()) {
            // The engine goes on declaring tensors that its fused nodes no longer compute.
            if (isThere(v.id())) {
                inSource(v.name()).ifPresent(boundary::add);
            }
        }
        findVarying(outside);
    }

    /// The source's tensor that the engine's one of this name is, as it is or in another precision.
    private Optional<ValueId> inSource(String name) {
        return Optional.ofNullable(sourceByName.get(name))
                .or(() -> name.startsWith(CAST)
                        ? Optional.ofNullable(sourceByName.get(name.substring(CAST.length())))
                        : Optional.empty());
    }

    private boolean isThere(ValueId v) {
        return optimized.producer(v).isPresent() || optimized.initializer(v).isPresent() || optimized.isInput(v);
    }

    /// Cones by the id of the engine's node; empty for one that has to do with no source node.
    static Map<NodeId, Set<NodeId>> of(Graph source, Graph optimized) {
        return new Cones(source, optimized, Set.of()).withBodies();
    }

    /// The cones of this graph and of the bodies in it.
    private Map<NodeId, Set<NodeId>> withBodies() {
        Map<NodeId, Set<NodeId>> all = all();
        Map<NodeId, Set<NodeId>> inside = new LinkedHashMap<>();
        for (Node o : optimized.nodes()) {
            if (!o.subgraphs().isEmpty()) {
                counterpart(o, all.getOrDefault(o.id(), Set.of()))
                        .ifPresent(s -> bodies(s)
                                .forEach((name, body) -> Optional.ofNullable(
                                                bodies(o).get(name))
                                        .ifPresent(run -> inside.putAll(new Cones(body, run, reached).withBodies()))));
            }
        }
        inside.putAll(all);
        return inside;
    }

    /// The source node whose bodies an engine's node runs: the one that computes the same, else the one of
    /// that name.
    private Optional<Node> counterpart(Node o, Set<NodeId> cone) {
        List<Node> candidates = cone.stream()
                .flatMap(id -> source.node(id).stream())
                .filter(n -> n.op().equals(o.op()))
                .toList();
        List<Node> same = producers(o).stream().filter(candidates::contains).toList();
        return Stream.of(
                        same,
                        candidates.stream()
                                .filter(n -> n.name().equals(o.name()))
                                .toList(),
                        candidates)
                .filter(found -> found.size() == 1)
                .map(List::getFirst)
                .findFirst();
    }

    private static Map<String, Graph> bodies(Node n) {
        Map<String, Graph> bodies = new LinkedHashMap<>();
        for (Attrs.Entry e : n.attrs().entries()) {
            if (e.value() instanceof Attr.GraphAttr(Graph body)) {
                bodies.put(e.name(), body);
            }
        }
        return bodies;
    }

    private void findVarying(Set<ValueId> outside) {
        reached.addAll(outside);
        reached.addAll(source.requiredInputs());
        for (Node n : source.nodes()) {
            boolean varies = n.inputs().stream().anyMatch(reached::contains)
                    || n.subgraphs().stream()
                            .anyMatch(g -> g.captures().stream().anyMatch(reached::contains))
                    || n.op().startsWith("Random");
            if (varies) {
                varying.add(n.id());
                reached.addAll(n.outputs());
            }
        }
    }

    private Map<NodeId, Set<NodeId>> all() {
        Map<NodeId, List<Node>> starts = new LinkedHashMap<>();
        for (Node o : optimized.nodes()) {
            List<Node> producers = producers(o);
            if (producers.isEmpty()) {
                producers = sameName(o);
                // Its results exist under another name: the walk of others must stop here too.
                producers.forEach(n -> boundary.addAll(n.outputs()));
            }
            starts.put(o.id(), producers);
        }
        Map<NodeId, Set<NodeId>> cones = new LinkedHashMap<>();
        starts.forEach((id, from) -> cones.put(id, walk(from)));
        Map<NodeId, Set<NodeId>> complete = new LinkedHashMap<>(cones);
        for (Node o : optimized.nodes()) {
            if (cones.getOrDefault(o.id(), Set.of()).isEmpty()) {
                complete.put(o.id(), nearest(o, cones));
            }
        }
        return complete;
    }

    private List<Node> producers(Node o) {
        Set<Node> found = new LinkedHashSet<>();
        for (ValueId out : o.outputs()) {
            if (out.isPresent()) {
                inSource(optimized.nameOf(out)).flatMap(source::producer).ifPresent(found::add);
            }
        }
        return List.copyOf(found);
    }

    private List<Node> sameName(Node o) {
        Matcher moved = LAYOUT.matcher(o.name());
        String name = moved.matches() ? moved.group(1) : o.name();
        List<Node> named = nodesByName.getOrDefault(name, List.of());
        List<Node> computing = moved.matches()
                ? inSource(name).flatMap(source::producer).stream().toList()
                : List.of();
        boolean blocked = moved.matches() && moved.group(2).equals("nchwc");
        return blocked && !computing.isEmpty() || named.size() != 1 ? computing : named;
    }

    private Set<NodeId> walk(List<Node> from) {
        Set<NodeId> cone = new LinkedHashSet<>();
        ArrayDeque<Node> todo = new ArrayDeque<>(from);
        while (!todo.isEmpty()) {
            Node n = todo.remove();
            if (!cone.add(n.id())) {
                continue;
            }
            for (ValueId in : uses(n)) {
                if (!boundary.contains(in)) {
                    source.producer(in).filter(p -> varying.contains(p.id())).ifPresent(todo::add);
                }
            }
        }
        return cone;
    }

    private static List<ValueId> uses(Node n) {
        List<ValueId> uses =
                new ArrayList<>(n.inputs().stream().filter(ValueId::isPresent).toList());
        n.subgraphs().forEach(g -> uses.addAll(g.captures()));
        return uses;
    }

    private Set<NodeId> nearest(Node o, Map<NodeId, Set<NodeId>> cones) {
        Set<NodeId> after = search(o, cones, true);
        return after.isEmpty() ? search(o, cones, false) : after;
    }

    private Set<NodeId> ofOperator(String op, Set<NodeId> cone) {
        Set<NodeId> same = new LinkedHashSet<>(cone);
        same.removeIf(id -> source.node(id).filter(n -> n.op().equals(op)).isEmpty());
        return same.isEmpty() ? cone : same;
    }

    private Set<NodeId> search(Node from, Map<NodeId, Set<NodeId>> cones, boolean forward) {
        ArrayDeque<Node> todo = new ArrayDeque<>(List.of(from));
        Set<NodeId> seen = new HashSet<>();
        while (!todo.isEmpty()) {
            Node n = todo.remove();
            if (!seen.add(n.id())) {
                continue;
            }
            Set<NodeId> cone = cones.getOrDefault(n.id(), Set.of());
            if (!cone.isEmpty()) {
                return ofOperator(from.op(), cone);
            }
            if (forward) {
                n.outputs().stream().filter(ValueId::isPresent).forEach(v -> todo.addAll(optimized.consumers(v)));
            } else {
                n.inputs().stream()
                        .filter(ValueId::isPresent)
                        .forEach(v -> optimized.producer(v).ifPresent(todo::add));
            }
        }
        return Set.of();
    }
}
