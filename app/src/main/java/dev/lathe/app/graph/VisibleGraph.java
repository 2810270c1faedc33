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

/// What of a graph is visible while some blocks are open: boxes in a tree of groups, and the tensors
/// between the innermost ones, each pair once.
final class VisibleGraph {
    /// A tensor that goes to more boxes than this is drawn as stubs.
    private static final int HUB = 4;

    private static final int MOST_PILLS = 4;

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

    private final Analysis analysis;

    VisibleGraph(Analysis analysis, ScopeTree tree, Flow flow, Set<String> open) {
        this.analysis = analysis;
        this.flow = flow;
        this.open = open;
        captions = new Captions(flow);
        at = new int[flow.nodes.size()];
        java.util.Arrays.fill(at, -1);
        addAll(tree.root(), -1, top);
        List<Integer> blocks = List.copyOf(top);
        top.clear();
        addInputs();
        top.addAll(blocks);
        for (int i = 0; i < at.length; i++) {
            boxOf.put(flow.nodes.get(i).id(), at[i]);
        }
        Map<ValueId, Integer> outPills = addOutputs();
        connect(outPills);
    }

    /// Inputs with the same users make one pill when they are many: the caches of a language model.
    private void addInputs() {
        Map<Set<Integer>, List<ValueId>> byUsers = new LinkedHashMap<>();
        Map<ValueId, Set<Integer>> users = users();
        for (ValueId in : flow.graph.requiredInputs()) {
            byUsers.computeIfAbsent(users.getOrDefault(in, Set.of()), k -> new ArrayList<>())
                    .add(in);
        }
        byUsers.values().forEach(v -> addPills(v, Kind.INPUT, pills));
    }

    /// Many outputs of one block likewise.
    private Map<ValueId, Integer> addOutputs() {
        Map<Integer, List<ValueId>> bySource = new LinkedHashMap<>();
        for (ValueId out : new LinkedHashSet<>(flow.graph.outputs())) {
            bySource.computeIfAbsent(sourceOf(out), k -> new ArrayList<>()).add(out);
        }
        Map<ValueId, Integer> made = new LinkedHashMap<>();
        bySource.values().forEach(v -> addPills(v, Kind.OUTPUT, made));
        made.forEach(pills::putIfAbsent);
        return made;
    }

    private void addPills(List<ValueId> values, Kind kind, Map<ValueId, Integer> into) {
        boolean one = values.size() > MOST_PILLS;
        for (ValueId v : one ? values.subList(0, 1) : values) {
            int index = spots.size();
            String shape = shape(analysis, v);
            String name = flow.graph.nameOf(v);
            String title = one ? name + " and " + (values.size() - 1) + " more" : name;
            String detail = one || shape.equals(Numbers.UNKNOWN) ? "" : shape;
            spots.add(new Spot(index, kind, "", title, detail, Optional.of(v), -1, List.of()));
            top.add(index);
            into.put(v, index);
        }
        if (one) {
            values.forEach(v -> into.put(v, into.get(values.getFirst())));
        }
    }

    /// The shape beside an edge, without a batch of one: `128×384`; empty when it is not known.
    String edgeLabel(ValueId value) {
        return edgeLabel(analysis, value);
    }

    /// The shape without names of dimensions that an exporter made up, and with long ones cut.
    private static String shape(Analysis analysis, ValueId value) {
        String[] dims = Numbers.shape(analysis.type(value).shape()).split("×");
        for (int i = 0; i < dims.length; i++) {
            boolean made = dims[i].matches("unk__\\d+|.+_dim_\\d+|dyn\\d+");
            dims[i] = made ? "?" : dims[i].length() > 16 ? dims[i].substring(0, 14) + "…" : dims[i];
        }
        return String.join("×", dims);
    }

    static String edgeLabel(Analysis analysis, ValueId value) {
        String s = shape(analysis, value);
        return s.equals(Numbers.UNKNOWN) ? "" : s.startsWith("1×") && s.indexOf('×', 2) > 0 ? s.substring(2) : s;
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
            String detail = opened && item instanceof Scope s ? captions.opened(s) : captions.detail(item);
            spots.add(new Spot(index, kind, item.path(), item.label(), detail, Optional.empty(), parent, children));
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

    /// The boxes that use each tensor.
    private Map<ValueId, Set<Integer>> users() {
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
        return users;
    }

    private void connect(Map<ValueId, Integer> outPills) {
        Map<ValueId, Set<Integer>> users = users();
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
