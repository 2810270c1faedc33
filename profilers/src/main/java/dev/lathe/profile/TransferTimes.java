package dev.lathe.profile;

import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.ValueId;
import dev.lathe.profile.engine.Handover;
import dev.lathe.profile.engine.KernelEvent;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.TracedRun;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Gathers what profiled runs copied from device to device: by kernels that do nothing else, which ONNX Runtime puts
/// between layers of two devices, and by handing over between the stages of a placed model. Keeps the newest runs only.
/// Confined to one thread.
public final class TransferTimes {
    /// ONNX Runtime's operators that copy into a device's memory, and out of it.
    private static final String IN = "MemcpyFromHost";

    private static final String OUT = "MemcpyToHost";

    /// Kernels of these operators only copy from device to device.
    public static final Set<String> COPIES = Set.of(IN, OUT);

    private static final String PROCESSOR = "cpu";
    private static final int KEPT = 64;

    private record Way(String from, String to, String tensor, String kernel) {}

    /// What went one way in one run.
    private record Once(long bytes, int count, long nanos) {
        Once and(Once other) {
            return new Once(
                    bytes < 0 || other.bytes < 0 ? -1 : bytes + other.bytes, count + other.count, nanos + other.nanos);
        }
    }

    private final RunTarget target;
    private final Map<String, ValueId> values = new HashMap<>();
    private final Map<String, String> copied = new HashMap<>();
    private final ArrayDeque<Map<Way, Once>> runs = new ArrayDeque<>();

    /// @param source the graph that people know
    /// @param runtime the graph that the engine runs, where it tells: it says which tensor a kernel copies
    public TransferTimes(Graph source, Optional<Graph> runtime, RunTarget target) {
        this.target = target;
        source.forEachGraph(g -> g.values().forEach(v -> values.putIfAbsent(v.name(), v.id())));
        runtime.ifPresent(r -> r.forEachGraph(g -> g.nodes().stream()
                .filter(n -> COPIES.contains(n.op()))
                .forEach(n -> copied.putIfAbsent(n.name(), tensor(g, n)))));
    }

    /// One side of a copy has the name that the source knows, the other one that the engine made.
    private String tensor(Graph g, Node copy) {
        List<String> names = Stream.concat(copy.inputs().stream(), copy.outputs().stream())
                .filter(ValueId::isPresent)
                .map(g::nameOf)
                .toList();
        return names.stream()
                .filter(values::containsKey)
                .findFirst()
                .orElseGet(() -> names.stream().findFirst().orElse(""));
    }

    /// Adds one profiled run.
    public void add(TracedRun run) {
        Map<Way, Once> once = new LinkedHashMap<>();
        for (KernelEvent k : run.kernels()) {
            if (COPIES.contains(k.op())) {
                String device = target.device().id();
                String tensor = copied.getOrDefault(k.node(), k.node());
                Way way = k.op().equals(IN)
                        ? new Way(PROCESSOR, device, tensor, k.node())
                        : new Way(device, PROCESSOR, tensor, k.node());
                once.merge(way, new Once(k.outputBytes(), 1, k.duration().toNanos()), Once::and);
            }
        }
        for (Handover h : run.handovers()) {
            once.merge(
                    new Way(h.from(), h.to(), h.tensor(), ""),
                    new Once(h.bytes(), 1, h.took().toNanos()),
                    Once::and);
        }
        runs.addLast(once);
        if (runs.size() > KEPT) {
            runs.removeFirst();
        }
    }

    /// In the order in which the newest run made them; times over the runs that made the same copy.
    public List<Transfer> transfers() {
        if (runs.isEmpty()) {
            return List.of();
        }
        List<Transfer> found = new ArrayList<>();
        runs.getLast().forEach((way, last) -> {
            long[] nanos = runs.stream()
                    .map(r -> r.get(way))
                    .filter(o -> o != null)
                    .mapToLong(Once::nanos)
                    .toArray();
            Arrays.sort(nanos);
            found.add(new Transfer(
                    way.from(),
                    way.to(),
                    way.tensor(),
                    Optional.ofNullable(values.get(way.tensor())),
                    last.bytes(),
                    last.count(),
                    Duration.ofNanos(Statistics.percentile(nanos, 50)),
                    Duration.ofNanos(Statistics.percentile(nanos, 90)),
                    nanos.length,
                    way.kernel()));
        });
        return List.copyOf(found);
    }
}
