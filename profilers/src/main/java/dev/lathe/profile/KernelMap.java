package dev.lathe.profile;

import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.NodeCost;
import dev.lathe.profile.engine.KernelEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which layers of the source graph each kernel of the engine stands for, and how its time is shared out over
/// them.
///
/// The engine runs a graph of its own making, with fused nodes. A node of it computes tensors that mostly
/// still have their names in the source graph: from the source's producer of such a tensor, walk back until
/// tensors that the engine's graph has too. What the walk crosses is the kernel's cone, and the cone shares
/// the kernel's time by estimated cost. A node none of whose outputs has a known name belongs to the cone of
/// the nearest node behind it that has.
public final class KernelMap {
    private final Map<String, Map<NodeId, Double>> shares;

    private KernelMap(Map<String, Map<NodeId, Double>> shares) {
        this.shares = shares;
    }

    /// The layers of a kernel with their parts of its time (Σ = 1); empty when it stands for no layer.
    public Map<NodeId, Double> layersOf(String kernel) {
        return shares.getOrDefault(kernel, Map.of());
    }

    /// @param source analysis of the model whose layers people know
    /// @param optimized the graph that the engine runs, as it saved it
    public static KernelMap of(Analysis source, Model optimized) {
        return new Builder(source, optimized.graph()).build();
    }

    /// For an engine that runs the source graph as it is and names kernels after nodes.
    public static KernelMap byName(Model source) {
        Map<String, Map<NodeId, Double>> shares = new HashMap<>();
        source.graph().nodes().forEach(n -> shares.put(n.name(), Map.of(n.id(), 1.0)));
        return new KernelMap(shares);
    }

    /// Kernels of one run without those that run inside another (the bodies of If, Loop and Scan): their time
    /// is in the outer one's.
    public static List<KernelEvent> outermost(List<KernelEvent> events) {
        List<KernelEvent> sorted = new ArrayList<>(events);
        sorted.sort(java.util.Comparator.comparing(KernelEvent::start)
                .thenComparing(KernelEvent::duration, Collections.reverseOrder()));
        List<KernelEvent> outer = new ArrayList<>();
        Duration end = Duration.ZERO;
        boolean inside = false;
        for (KernelEvent e : sorted) {
            if (inside
                    && e.start().plus(e.duration()).compareTo(end) <= 0
                    && e.start().compareTo(end) < 0) {
                continue;
            }
            inside = false;
            outer.add(e);
            if (e.op().equals("If") || e.op().equals("Loop") || e.op().equals("Scan")) {
                end = e.start().plus(e.duration());
                inside = true;
            }
        }
        return outer;
    }

    private static final class Builder {
        private final Analysis analysis;
        private final Graph source;
        private final Graph optimized;
        private final Map<String, ValueId> sourceByName = new HashMap<>();
        private final Set<ValueId> boundary = new HashSet<>();
        private final Set<NodeId> varying = new HashSet<>();

        Builder(Analysis analysis, Graph optimized) {
            this.analysis = analysis;
            this.source = analysis.model().graph();
            this.optimized = optimized;
            for (Value v : source.values()) {
                sourceByName.putIfAbsent(v.name(), v.id());
            }
            for (Value v : optimized.values()) {
                ValueId known = sourceByName.get(v.name());
                if (known != null) {
                    boundary.add(known);
                }
            }
            findVarying();
        }

        /// Nodes whose result depends on an input of the run; the others are folded before it starts and cost
        /// nothing.
        private void findVarying() {
            Set<ValueId> values = new HashSet<>(source.requiredInputs());
            for (Node n : source.nodes()) {
                boolean varies = n.inputs().stream().anyMatch(values::contains)
                        || n.subgraphs().stream()
                                .anyMatch(g -> g.captures().stream().anyMatch(values::contains))
                        || n.op().startsWith("Random");
                if (varies) {
                    varying.add(n.id());
                    values.addAll(n.outputs());
                }
            }
        }

        KernelMap build() {
            Map<NodeId, Set<NodeId>> cones = new LinkedHashMap<>();
            for (Node o : optimized.nodes()) {
                cones.put(o.id(), cone(o));
            }
            Map<String, Map<NodeId, Double>> shares = new HashMap<>();
            for (Node o : optimized.nodes()) {
                Set<NodeId> cone = cones.getOrDefault(o.id(), Set.of());
                if (cone.isEmpty()) {
                    cone = nearest(o, cones);
                }
                if (!cone.isEmpty()) {
                    shares.put(o.name(), shared(cone));
                }
            }
            return new KernelMap(shares);
        }

        private Set<NodeId> cone(Node o) {
            Set<NodeId> cone = new LinkedHashSet<>();
            ArrayDeque<ValueId> todo = new ArrayDeque<>();
            for (ValueId out : o.outputs()) {
                known(out).ifPresent(todo::add);
            }
            Set<ValueId> starts = new HashSet<>(todo);
            Set<ValueId> seen = new HashSet<>();
            while (!todo.isEmpty()) {
                ValueId v = todo.remove();
                if (!seen.add(v) || (boundary.contains(v) && !starts.contains(v))) {
                    continue;
                }
                Optional<Node> producer = source.producer(v);
                if (producer.isEmpty() || !varying.contains(producer.get().id())) {
                    continue;
                }
                cone.add(producer.get().id());
                for (ValueId in : producer.get().inputs()) {
                    if (in.isPresent()) {
                        todo.add(in);
                    }
                }
            }
            return cone;
        }

        private Optional<ValueId> known(ValueId out) {
            return out.isPresent() ? Optional.ofNullable(sourceByName.get(optimized.nameOf(out))) : Optional.empty();
        }

        /// The cone of the nearest node that uses this one's results, else of the nearest that it uses.
        private Set<NodeId> nearest(Node o, Map<NodeId, Set<NodeId>> cones) {
            Set<NodeId> forward = search(o, cones, true);
            return forward.isEmpty() ? search(o, cones, false) : forward;
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
                    return cone;
                }
                if (forward) {
                    n.outputs().forEach(v -> todo.addAll(optimized.consumers(v)));
                } else {
                    n.inputs().forEach(v -> optimized.producer(v).ifPresent(todo::add));
                }
            }
            return Set.of();
        }

        private Map<NodeId, Double> shared(Set<NodeId> cone) {
            double sum = 0;
            Map<NodeId, Double> weights = new LinkedHashMap<>();
            for (NodeId id : cone) {
                double w = weight(analysis.costs().of(id));
                weights.put(id, w);
                sum += w;
            }
            double total = sum;
            weights.replaceAll((id, w) -> w / total);
            return weights;
        }

        /// Estimated seconds on a machine of 50 GFLOP/s and 10 GB/s: only the ratios within a cone matter. A
        /// node of unknown cost counts like a small one.
        private static double weight(NodeCost c) {
            double small = 1e-8;
            double compute = c.flops().fixed().isPresent() ? c.flops().fixed().getAsLong() / 50e9 : 0;
            double bytes =
                    (c.bytesRead().fixed().isPresent() ? c.bytesRead().fixed().getAsLong() : 0)
                            + (c.bytesWritten().fixed().isPresent()
                                    ? c.bytesWritten().fixed().getAsLong()
                                    : 0);
            return small + Math.max(compute, bytes / 10e9);
        }
    }
}
