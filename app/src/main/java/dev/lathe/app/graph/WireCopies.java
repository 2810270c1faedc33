package dev.lathe.app.graph;

import dev.lathe.app.graph.GraphLayout.Stub;
import dev.lathe.app.graph.GraphLayout.Wire;
import dev.lathe.app.project.TensorCopy;
import dev.lathe.app.ui.Numbers;
import dev.lathe.app.ui.Palette;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.ValueId;
import dev.lathe.profile.Transfer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which of a scene's wires and stubs carry what is copied between devices. A copy between two layers of one closed
/// block is on no wire; it is still among [#all].
final class WireCopies {
    /// The colour of copies, here as in the timeline: purple.
    static final int COLOUR = Palette.category(3);

    static final WireCopies NONE = new WireCopies(List.of());

    private record Way(int from, int to) {}

    private final List<Transfer> all;
    private final Map<Way, List<Transfer>> ways = new HashMap<>();
    private final Map<ValueId, Set<Integer>> ends = new HashMap<>();

    private WireCopies(List<TensorCopy> copies) {
        // In the runtime's graph one copy is on two edges: into the kernel that copies, and out of it.
        all = List.copyOf(
                new LinkedHashSet<>(copies.stream().map(TensorCopy::copy).toList()));
    }

    static WireCopies of(GraphScene scene, List<TensorCopy> copies) {
        if (copies.isEmpty()) {
            return NONE;
        }
        WireCopies found = new WireCopies(copies);
        copies.forEach(c -> found.add(scene, c));
        return found;
    }

    private void add(GraphScene scene, TensorCopy c) {
        Graph graph = scene.analysis().model().graph();
        GraphLayout layout = scene.layout();
        int from = graph.producer(c.value())
                .map(Node::id)
                .map(n -> layout.boxOf().getOrDefault(n, -1))
                .orElseGet(() -> layout.pills().getOrDefault(c.value(), -1));
        Set<Integer> to = new LinkedHashSet<>();
        for (NodeId n : c.takers()) {
            to.add(layout.boxOf().getOrDefault(n, -1));
        }
        if (c.leaves()) {
            to.add(layout.pills().getOrDefault(c.value(), -1));
        }
        to.remove(-1);
        to.remove(from);
        if (from < 0 || to.isEmpty()) {
            return;
        }
        to.forEach(t ->
                ways.computeIfAbsent(new Way(from, t), k -> new ArrayList<>(1)).add(c.copy()));
        Set<Integer> at = ends.computeIfAbsent(c.value(), k -> new LinkedHashSet<>());
        at.add(from);
        at.addAll(to);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /// What the wire carries from device to device, each once.
    List<Transfer> on(Wire w) {
        if (ways.isEmpty()) {
            return List.of();
        }
        Set<Transfer> found = new LinkedHashSet<>();
        for (int to : w.to()) {
            found.addAll(ways.getOrDefault(new Way(w.from(), to), List.of()));
        }
        return List.copyOf(found);
    }

    boolean at(Stub s) {
        return ends.getOrDefault(s.value(), Set.of()).contains(s.at());
    }

    /// The legend's line; empty where nothing is copied.
    Optional<String> legend() {
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of((all.size() == 1 ? "copied" : all.size() + " copies") + " to another device");
    }

    /// The legend's figure: all copies of a run together.
    String total() {
        return TensorCopy.amounts(all);
    }

    /// What is told of such a wire under the pointer.
    List<String> tip(Wire w) {
        List<Transfer> copies = on(w);
        List<String> lines = new ArrayList<>();
        for (Transfer t : copies) {
            lines.add(
                    "copied in each run, " + TensorCopy.way(List.of(t)) + (copies.size() > 1 ? ": " + t.tensor() : ""));
            lines.add((t.bytes() < 0 ? "bytes not told" : Numbers.bytes(t.bytes()))
                    + (t.count() > 1 ? " in " + Numbers.grouped(t.count()) + " copies" : "") + " · median "
                    + Numbers.time(t.p50()) + ", p90 " + Numbers.time(t.p90()) + " of "
                    + Numbers.grouped(t.samples()) + (t.samples() == 1 ? " profiled run" : " profiled runs"));
        }
        return lines;
    }
}
