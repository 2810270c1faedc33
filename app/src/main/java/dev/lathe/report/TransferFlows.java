package dev.lathe.report;

import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.ValueId;
import dev.lathe.profile.OpStats;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.Transfer;
import dev.lathe.profile.engine.KernelEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Copies between devices as arrows of a trace (flow events): from the kernel that makes a tensor, over the one that
/// copies it where there is one, to each kernel that takes it on the other device.
final class TransferFlows {
    private final Graph source;
    private final ProfileRun run;
    private final int process;
    private final List<Map<String, Object>> events = new ArrayList<>();
    private int flows;

    private TransferFlows(Graph source, ProfileRun run, int process) {
        this.source = source;
        this.run = run;
        this.process = process;
    }

    /// @param source the graph that was run
    /// @param process the number of the trace's process
    static List<Map<String, Object>> of(Graph source, ProfileRun run, int process) {
        TransferFlows flows = new TransferFlows(source, run, process);
        run.transfers().forEach(flows::add);
        return flows.events;
    }

    private void add(Transfer t) {
        Optional<KernelEvent> copy = events(Set.of(t.kernel())).findFirst();
        List<KernelEvent> makers = makers(t);
        List<KernelEvent> takers = takers(t);
        Optional<KernelEvent> maker = last(makers);
        List<KernelEvent> ends = takers.isEmpty() ? copy.stream().toList() : takers;
        for (KernelEvent end : ends) {
            List<KernelEvent> way = Stream.of(maker.stream(), copy.stream(), Stream.of(end))
                    .flatMap(s -> s)
                    .distinct()
                    .toList();
            if (way.size() > 1) {
                flows++;
                for (int i = 0; i < way.size(); i++) {
                    events.add(event(t, way.get(i), i == 0 ? "s" : i < way.size() - 1 ? "t" : "f"));
                }
            }
        }
    }

    /// On the side that the tensor comes from.
    private List<KernelEvent> makers(Transfer t) {
        List<Node> copies = copies(t);
        if (!copies.isEmpty()) {
            return run.runtime().stream()
                    .flatMap(r -> copies.stream().flatMap(c -> r.model().graph().producer(c.input(0)).stream()))
                    .flatMap(n -> events(Set.of(n.name())))
                    .toList();
        }
        return t.value().flatMap(source::producer).stream()
                .flatMap(n -> events(kernels(n.id())))
                .toList();
    }

    /// On the other side.
    private List<KernelEvent> takers(Transfer t) {
        List<Node> copies = copies(t);
        if (!copies.isEmpty()) {
            return run.runtime().stream()
                    .flatMap(r -> copies.stream().flatMap(c -> r.model().graph().consumers(c.output(0)).stream()))
                    .flatMap(n -> events(Set.of(n.name())))
                    .toList();
        }
        return t.value().stream()
                .flatMap((ValueId v) -> source.consumers(v).stream())
                .flatMap(n -> events(kernels(n.id())).limit(1))
                .filter(k -> k.device().equals(t.to()))
                .toList();
    }

    /// The engine's nodes that make the copy.
    private List<Node> copies(Transfer t) {
        return run.runtime().stream()
                .flatMap(r -> r.model().graph().nodes().stream())
                .filter(n -> !t.kernel().isEmpty() && n.name().equals(t.kernel()))
                .toList();
    }

    private Set<String> kernels(NodeId layer) {
        OpStats stats = run.layers().get(layer);
        return stats == null ? Set.of() : Set.copyOf(stats.kernels());
    }

    private Stream<KernelEvent> events(Set<String> kernels) {
        return run.trace().stream().filter(k -> kernels.contains(k.node()));
    }

    private static Optional<KernelEvent> last(List<KernelEvent> kernels) {
        return kernels.isEmpty() ? Optional.empty() : Optional.of(kernels.getLast());
    }

    /// Bound to the kernel in the middle of which it lies.
    private Map<String, Object> event(Transfer t, KernelEvent at, String phase) {
        Map<String, Object> e = new LinkedHashMap<>();
        e.put("name", t.from() + " → " + t.to());
        e.put("cat", "copy between devices");
        e.put("ph", phase);
        e.put("id", process * 100_000L + flows);
        e.put("ts", at.start().toNanos() / 1e3 + at.duration().toNanos() / 2e3);
        e.put("pid", process);
        e.put("tid", at.thread());
        if (phase.equals("f")) {
            e.put("bp", "e");
        }
        Map<String, Object> args = new LinkedHashMap<>();
        args.put("tensor", t.tensor());
        if (t.bytes() >= 0) {
            args.put("bytes", t.bytes());
        }
        args.put("medianMicros", t.p50().toNanos() / 1e3);
        e.put("args", args);
        return e;
    }
}
