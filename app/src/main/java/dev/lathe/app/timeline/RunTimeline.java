package dev.lathe.app.timeline;

import dev.lathe.app.layers.LayerNames;
import dev.lathe.app.ui.Numbers;
import dev.lathe.core.JobContext;
import dev.lathe.graph.Graph;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.NodePlace;
import dev.lathe.profile.OpStats;
import dev.lathe.profile.engine.KernelEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The timeline of a profiled run: the kernels of the quickest, by the engine's own clock, with the layers that they
/// ran for.
final class RunTimeline {
    /// More layers behind one kernel than this are counted, not named.
    private static final int NAMED = 4;

    private final Map<String, List<NodeId>> nodes = new HashMap<>();
    private final Map<NodeId, String> names = new HashMap<>();

    private RunTimeline(Graph graph, Map<NodeId, OpStats> layers) {
        for (NodePlace place : NodePlace.all(graph)) {
            OpStats stats = layers.get(place.node().id());
            if (stats != null) {
                names.put(place.node().id(), LayerNames.shown(place.node()));
                for (String kernel : stats.kernels()) {
                    nodes.computeIfAbsent(kernel, k -> new ArrayList<>())
                            .add(place.node().id());
                }
            }
        }
    }

    static Timeline of(TimelineSource source, JobContext job) {
        RunTimeline of = new RunTimeline(source.graph(), source.layers());
        TimelineBuilder builder = new TimelineBuilder();
        List<Long> threads = source.trace().stream()
                .map(KernelEvent::thread)
                .distinct()
                .sorted()
                .toList();
        int number = 0;
        for (long thread : threads) {
            boolean queue = thread == KernelEvent.DEVICE;
            number += queue ? 0 : 1;
            builder.name(lane(thread), queue ? source.device() + " queue" : source.engine() + " thread " + number);
        }
        for (KernelEvent k : source.trace()) {
            builder.slice(lane(k.thread()), of.slice(k));
            if (k.arenaInUseBytes() >= 0) {
                builder.counter(0, "arena in use", micros(k.start().plus(k.duration())), k.arenaInUseBytes());
            }
        }
        return builder.build(source.title(), job);
    }

    private static TimelineBuilder.Lane lane(long thread) {
        return new TimelineBuilder.Lane(0, thread);
    }

    private static double micros(Duration d) {
        return d.toNanos() / 1e3;
    }

    private Slice slice(KernelEvent k) {
        List<NodeId> behind = nodes.getOrDefault(k.node(), List.of());
        return new Slice(micros(k.start()), micros(k.duration()), k.node(), k.op(), () -> facts(k, behind), behind);
    }

    private List<String> facts(KernelEvent k, List<NodeId> behind) {
        List<String> facts = new ArrayList<>();
        if (!behind.isEmpty()) {
            facts.add((behind.size() == 1 ? "layer " : behind.size() + " layers: ")
                    + String.join(
                            ", ", behind.stream().limit(NAMED).map(names::get).toList())
                    + (behind.size() > NAMED ? " …" : ""));
        }
        if (!k.inputShapes().isEmpty() || !k.outputShapes().isEmpty()) {
            facts.add(k.inputShapes() + " → " + k.outputShapes());
        }
        facts.add(k.provider()
                + (k.outputBytes() >= 0 ? " · output " + Numbers.bytes(k.outputBytes()) : "")
                + (k.arenaInUseBytes() >= 0 ? " · arena " + Numbers.bytes(k.arenaInUseBytes()) + " at its end" : ""));
        return facts;
    }
}
