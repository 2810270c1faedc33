package dev.lathe.app.graph;

import dev.lathe.app.graph.GraphLayout.Kind;
import dev.lathe.app.graph.ScopeTree.Item;
import dev.lathe.app.graph.ScopeTree.Leaf;
import dev.lathe.app.graph.ScopeTree.Scope;
import dev.lathe.app.ui.Numbers;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.analyze.Analysis;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What of a graph is visible while some blocks are open: boxes in a tree of groups, and the tensors between the
/// innermost ones, each pair once.
final class VisibleGraph {
    /// A tensor that goes to more boxes than this is drawn as stubs.
    private static final int HUB = 4;

    /// A box before it has a place. `children` are indices of the boxes inside, in order of execution.
    record Spot(
            int index,
            Kind kind,
            String path,
            String title,
            String detail,
            Optional<ValueId> value,
            int parent,
            List<Integer> children) {}

    /// From box to box; `value` is the first tensor that does so.
    record Link(int from, int to, ValueId value) {}

    /// A stub at a box for a tensor that goes to many.
    record Hub(int at, ValueId value, String name, boolean source) {}

    final List<Spot> spots = new ArrayList<>();
    final List<Integer> top = new ArrayList<>();
    final List<Link> links = new ArrayList<>();
    final List<Hub> hubs = new ArrayList<>();
    final Map<NodeId, Integer> boxOf = new HashMap<>();
    final Map<ValueId, Integer> pills = new LinkedHashMap<>();

    private final Flow flow;
    private final Set<String> open;
    private final Captions captions;
    private final int[] at;

    VisibleGraph(Analysis analysis, ScopeTree tree, Flow flow, Set<String> open) {
        this.flow = flow;
        this.open = open;
        captions = new Captions(flow);
        at = new int[flow.nodes.size()];
        java.util.Arrays.fill(at, -1);
        for (ValueId in : flow.graph.requiredInputs()) {
            pill(analysis, in, Kind.INPUT);
        }
        Set<Integer> outputs = new HashSet<>();
        addAll(tree.root(), -1, top);
        for (int i = 0; i < at.length; i++) {
            boxOf.put(flow.nodes.get(i).id(), at[i]);
        }
        Map<ValueId, Integer> outPills = new LinkedHashMap<>();
        for (ValueId out : new LinkedHashSet<>(flow.graph.outputs())) {
            int p = pill(analysis, out, Kind.OUTPUT);
            outPills.put(out, p);
            outputs.add(p);
        }
        connect(outPills);
    }

    private int pill(Analysis analysis, ValueId value, Kind kind) {
        int index = spots.size();
        String shape = Numbers.shape(analysis.type(value).shape());
        spots.add(new Spot(
                index,
                kind,
                "",
                flow.graph.nameOf(value),
                shape.equals(Numbers.UNKNOWN) ? "" : shape,
                Optional.of(value),
                -1,
                List.of()));
        top.add(index);
        pills.putIfAbsent(value, index);
        return index;
    }

    private void addAll(Scope scope, int parent, List<Integer> siblings) {
        for (Item item : scope.items()) {
            if (item instanceof Leaf l && l.folded()) {
                continue;
            }
            // A scope of constants only has nothing to draw.
            if (item instanceof Scope s
                    && s.nodes().stream().allMatch(n -> flow.folded.get(flow.number.getOrDefault(n, 0)))) {
                continue;
            }
            int index = spots.size();
            List<Integer> children = new ArrayList<>();
            boolean opened = item instanceof Scope s && open.contains(s.path());
            Kind kind = opened
                    ? Kind.GROUP
                    : switch (item) {
                        case Leaf l -> Kind.NODE;
                        case Scope s -> s.isLayer() ? Kind.LAYER : Kind.BLOCK;
                    };
            spots.add(new Spot(
                    index, kind, item.path(), item.label(), captions.detail(item), Optional.empty(), parent, children));
            siblings.add(index);
            switch (item) {
                case Leaf l -> at[flow.number.getOrDefault(l.node(), 0)] = index;
                case Scope s -> s.nodes().forEach(n -> at[flow.number.getOrDefault(n, 0)] = index);
            }
            if (item instanceof Scope s && opened) {
                addAll(s, index, children);
            }
        }
    }

    private void connect(Map<ValueId, Integer> outPills) {
        Map<ValueId, Set<Integer>> users = new LinkedHashMap<>();
        for (int i = 0; i < at.length; i++) {
            if (flow.folded.get(i) || at[i] < 0) {
                continue;
            }
            for (ValueId in : flow.nodes.get(i).inputs()) {
                use(in, at[i], users);
            }
            for (var body : flow.nodes.get(i).subgraphs()) {
                for (ValueId out : body.outputs()) {
                    use(out, at[i], users);
                }
            }
        }
        outPills.forEach((v, p) -> use(v, p, users));
        Map<Long, Integer> seen = new HashMap<>();
        users.forEach((value, boxes) -> {
            int from = sourceOf(value);
            boxes.remove(from);
            if (from < 0 || boxes.isEmpty()) {
                return;
            }
            if (blocks(boxes) > HUB) {
                String name = hubName(value);
                hubs.add(new Hub(from, value, name, true));
                boxes.forEach(b -> hubs.add(new Hub(b, value, name, false)));
                return;
            }
            for (int to : boxes) {
                if (seen.putIfAbsent((long) from << 32 | to, links.size()) == null) {
                    links.add(new Link(from, to, value));
                }
            }
        });
    }

    /// Boxes at the top or in one group count once: a tensor used five times in one open block is no hub.
    private int blocks(Set<Integer> boxes) {
        Set<Integer> parents = new HashSet<>();
        int flat = 0;
        for (int b : boxes) {
            int top = b;
            while (spots.get(top).parent() >= 0) {
                top = spots.get(top).parent();
            }
            parents.add(top);
            flat++;
        }
        return Math.max(parents.size(), flat > 2 * HUB ? HUB + 1 : 0);
    }

    private void use(ValueId value, int box, Map<ValueId, Set<Integer>> users) {
        if (value.isPresent() && !flow.isConstant(value) && box >= 0) {
            users.computeIfAbsent(value, v -> new LinkedHashSet<>()).add(box);
        }
    }

    private int sourceOf(ValueId value) {
        int p = flow.producerOf(value);
        if (p >= 0) {
            return flow.folded.get(p) ? -1 : at[p];
        }
        return pills.getOrDefault(value, -1);
    }

    /// The graph input that a hub comes from, when it is only one; else the tensor's own name.
    private String hubName(ValueId value) {
        Set<ValueId> inputs = new HashSet<>();
        Set<Integer> seen = new HashSet<>();
        List<ValueId> left = new ArrayList<>(List.of(value));
        while (!left.isEmpty() && seen.size() < 40) {
            ValueId v = left.removeLast();
            int p = flow.producerOf(v);
            if (p < 0) {
                if (pills.containsKey(v)) {
                    inputs.add(v);
                }
            } else if (!flow.folded.get(p) && seen.add(p)) {
                left.addAll(flow.nodes.get(p).inputs());
            }
        }
        ValueId named = left.isEmpty() && inputs.size() == 1 ? inputs.iterator().next() : value;
        String name = flow.graph.nameOf(named);
        return name.substring(name.lastIndexOf('/') + 1);
    }
}
