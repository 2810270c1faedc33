package dev.lathe.app.graph;

import dev.lathe.app.graph.ScopeTree.Item;
import dev.lathe.app.graph.ScopeTree.Leaf;
import dev.lathe.app.graph.ScopeTree.Scope;
import dev.lathe.app.project.ColourBy;
import dev.lathe.app.ui.Numbers;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Graph;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.analyze.NodeCost;
import dev.lathe.profile.OpStats;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/// How much of one quantity every layer and block of a scene has. An amount that is not known stays unknown; a block
/// of which some is not known has the least that it can be.
final class LayerAmounts {
    private final GraphScene scene;
    private final Map<NodeId, OpStats> layers;
    private final ColourBy by;
    private final Map<String, OptionalDouble> amounts = new HashMap<>();
    /// Paths of blocks of which some amount is known and some is not: their sum is the least that it can be.
    private final Set<String> partly = new HashSet<>();

    LayerAmounts(GraphScene scene, Map<NodeId, OpStats> layers, ColourBy by) {
        this.scene = scene;
        this.layers = layers;
        this.by = by;
    }

    OptionalDouble of(Item item) {
        OptionalDouble known = amounts.get(item.path());
        if (known == null) {
            known = switch (item) {
                case Leaf l -> ofNode(l.node());
                case Scope s -> ofScope(s);
            };
            amounts.put(item.path(), known);
        }
        return known;
    }

    private OptionalDouble ofScope(Scope s) {
        double sum = 0;
        int known = 0;
        int unknown = 0;
        for (NodeId n : s.nodes()) {
            // What a node inside a body costs by definition is in the cost of the node that runs the body.
            if (byDefinition() && scene.analysis().model().graph().position(n) < 0 && !s.isLayer()) {
                continue;
            }
            OptionalDouble a = ofNode(n);
            known += a.isPresent() ? 1 : 0;
            unknown += a.isPresent() ? 0 : 1;
            sum += a.orElse(0);
        }
        boolean least = byDefinition() && unknown > 0;
        if (known == 0 || least && sum == 0) {
            return OptionalDouble.empty();
        }
        if (least) {
            partly.add(s.path());
        }
        return OptionalDouble.of(sum);
    }

    /// Whether the quantity follows from the model alone; then a node without one is not known, not just not run.
    boolean byDefinition() {
        return switch (by) {
            case FLOPS, BYTES, PARAMETERS -> true;
            case TIME, DTYPE, DEVICE, STAGE -> false;
        };
    }

    /// Whether the item's amount is only the least that it can be.
    boolean isLeast(Item item) {
        return partly.contains(item.path());
    }

    private OptionalDouble ofNode(NodeId id) {
        return switch (by) {
            case TIME, DEVICE, STAGE, DTYPE -> {
                OpStats s = layers.get(id);
                yield s == null
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(s.typical().toNanos());
            }
            case FLOPS -> Numbers.amount(cost(id).flops());
            case PARAMETERS -> Numbers.amount(cost(id).parameters());
            case BYTES -> {
                OptionalDouble read = Numbers.amount(cost(id).bytesRead());
                OptionalDouble written = Numbers.amount(cost(id).bytesWritten());
                yield read.isPresent() && written.isPresent()
                        ? OptionalDouble.of(read.getAsDouble() + written.getAsDouble())
                        : OptionalDouble.empty();
            }
        };
    }

    private NodeCost cost(NodeId id) {
        return scene.analysis().costs().of(id);
    }

    /// What would make amounts known that are not.
    String remedy() {
        if (!byDefinition()) {
            return "not measured yet: run the model";
        }
        Graph graph = scene.analysis().model().graph();
        boolean free =
                graph.inputs().stream().anyMatch(i -> !sized(scene.analysis().type(i)));
        if (free) {
            return "set the free sizes in the toolbar";
        }
        long unknown =
                graph.nodes().stream().filter(n -> ofNode(n.id()).isEmpty()).count();
        return "unknown for " + Numbers.grouped(unknown) + (unknown == 1 ? " node" : " nodes");
    }

    private static boolean sized(ValueType type) {
        return type.shape() instanceof Shape.Ranked(List<Dim> dims)
                && dims.stream().allMatch(d -> d.fixed().isPresent());
    }

    /// An amount in its unit.
    String text(OptionalDouble amount) {
        return Numbers.known(amount, v -> switch (by) {
            case TIME, DEVICE, STAGE, DTYPE -> Numbers.time(Duration.ofNanos(Math.round(v)));
            case BYTES -> Numbers.bytes(v);
            case FLOPS -> Numbers.flops(v);
            case PARAMETERS -> Numbers.count(v);
        });
    }
}
