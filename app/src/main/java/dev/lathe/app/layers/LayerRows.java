package dev.lathe.app.layers;

import dev.lathe.app.graph.ScopeTree;
import dev.lathe.app.ui.Numbers;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.NodePlace;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.NodeCost;
import dev.lathe.profile.LayerMemory;
import dev.lathe.profile.OpStats;
import dev.lathe.profile.ThreadShares;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/// Makes the table's rows: one per layer of the scope tree or one per node. Every node is in exactly one row,
/// those inside If, Loop and Scan too, so that the rows' times add up. What a body costs by definition is shown
/// with its layers, once, and not again with the node that runs it.
public record LayerRows(
        Analysis analysis, ScopeTree tree, LayerTimes times, CeilingShares shares, Map<NodeId, NodePlace> places) {

    public static LayerRows of(Analysis analysis, ScopeTree tree, LayerTimes times, CeilingShares shares) {
        Map<NodeId, NodePlace> places = new LinkedHashMap<>();
        NodePlace.all(analysis.model().graph()).forEach(p -> places.put(p.node().id(), p));
        return new LayerRows(analysis, tree, times, shares, places);
    }

    public List<LayerRow> perLayer() {
        List<LayerRow> rows = new ArrayList<>();
        Set<NodeId> taken = new HashSet<>();
        for (ScopeTree.Item item : tree.layers()) {
            List<NodeId> nodes = switch (item) {
                case ScopeTree.Scope s -> s.nodes();
                case ScopeTree.Leaf l -> List.of(l.node());
            };
            Optional<NodeId> head = switch (item) {
                case ScopeTree.Scope s -> s.head();
                case ScopeTree.Leaf l -> Optional.of(l.node());
            };
            if (!nodes.isEmpty() && taken.addAll(nodes)) {
                NodeId shown = head.orElse(nodes.getFirst());
                rows.add(row(rows.size() + 1, Optional.of(shown), nodes, name(shown, item.label())));
            }
        }
        List<NodeId> rest =
                places.keySet().stream().filter(n -> !taken.contains(n)).toList();
        if (!rest.isEmpty()) {
            rows.add(row(rows.size() + 1, Optional.empty(), rest, "constants and shape arithmetic"));
        }
        return rows;
    }

    List<LayerRow> perNode() {
        List<LayerRow> rows = new ArrayList<>();
        places.forEach((id, p) ->
                rows.add(row(rows.size() + 1, Optional.of(id), List.of(id), p.in() + LayerNames.shown(p.node()))));
        return rows;
    }

    private String name(NodeId node, String label) {
        String known = tree.layerName(node);
        return known.isEmpty() ? label : known;
    }

    private LayerRow row(int position, Optional<NodeId> head, List<NodeId> nodes, String name) {
        Set<String> ops = new LinkedHashSet<>();
        head.flatMap(this::node).ifPresent(n -> ops.add(n.op()));
        for (NodeId n : nodes) {
            node(n).ifPresent(x -> ops.add(x.op()));
        }
        String output = head.flatMap(this::node)
                .filter(n -> !n.outputs().isEmpty())
                .map(n -> Numbers.shape(analysis.type(n.output(0)).shape()))
                .orElse("");
        return new LayerRow(
                position,
                head,
                nodes,
                name,
                List.copyOf(ops),
                output,
                sum(nodes, NodeCost::flops),
                sum(nodes, NodeCost::parameterBytes),
                timing(nodes),
                shares.of(nodes, times));
    }

    private Optional<Node> node(NodeId id) {
        return Optional.ofNullable(places.get(id)).map(NodePlace::node);
    }

    private OptionalLong sum(Collection<NodeId> nodes, Function<NodeCost, Dim> amount) {
        long sum = 0;
        for (NodeId n : nodes) {
            boolean inRows = node(n).filter(x -> !x.subgraphs().isEmpty()).isPresent();
            OptionalLong one = inRows
                    ? OptionalLong.of(0)
                    : amount.apply(analysis.costs().once(n)).fixed();
            if (one.isEmpty()) {
                return OptionalLong.empty();
            }
            sum += one.getAsLong();
        }
        return OptionalLong.of(sum);
    }

    private Optional<LayerRow.Timing> timing(List<NodeId> nodes) {
        Duration time = Duration.ZERO;
        Duration p90 = Duration.ZERO;
        Set<String> devices = new LinkedHashSet<>();
        Set<String> providers = new LinkedHashSet<>();
        Set<String> kernels = new LinkedHashSet<>();
        boolean shared = false;
        Duration estimated = Duration.ZERO;
        int found = 0;
        int counted = 0;
        Duration costliest = Duration.ofNanos(-1);
        Optional<ThreadShares> threads = Optional.empty();
        Optional<LayerMemory> memory = Optional.empty();
        for (NodeId n : nodes) {
            Optional<OpStats> s = times.of(n);
            if (s.isPresent()) {
                found++;
                counted += s.get().typical().isZero() ? 0 : 1;
                time = time.plus(s.get().typical());
                p90 = p90.plus(s.get().p90());
                if (!times.device(n).isEmpty()) {
                    devices.add(times.device(n));
                }
                if (!s.get().provider().isEmpty()) {
                    providers.add(s.get().provider());
                }
                kernels.addAll(s.get().kernels());
                shared |= s.get().shared();
                LayerMemory one = s.get().memory();
                // What the engine removed reads and writes nothing.
                if (!s.get().kernels().isEmpty()) {
                    memory = Optional.of(memory.map(m -> m.and(one)).orElse(one));
                }
                if (s.get().typical().compareTo(costliest) > 0) {
                    costliest = s.get().typical();
                    threads = s.get().threads();
                }
                estimated = s.get().estimate() ? estimated.plus(s.get().typical()) : estimated;
            }
        }
        return found == 0
                ? Optional.empty()
                : Optional.of(new LayerRow.Timing(
                        time,
                        p90,
                        counted > 1,
                        times.share(time),
                        List.copyOf(devices),
                        List.copyOf(providers),
                        List.copyOf(kernels),
                        shared,
                        estimated.multipliedBy(2).compareTo(time) > 0,
                        threads,
                        memory.orElse(LayerMemory.UNKNOWN)));
    }
}
