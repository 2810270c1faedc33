package dev.lathe.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodePlace;
import dev.lathe.profile.OpStats;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.engine.KernelEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The kernels of profiled runs in Chrome's trace event format, which Perfetto opens: one process per run, one named
/// thread per engine thread, the layers behind each kernel among its arguments, the arena's memory as a counter, and
/// copies between devices as arrows.
/// Times in µs from the start of the run, by the engine's clock.
public final class TraceEvents {
    private final List<Map<String, Object>> events = new ArrayList<>();
    private int processes;

    /// Adds the quickest profiled run of one measurement; one without a trace has no process.
    ///
    /// @param name of the process
    /// @param graph the source graph that was run
    public void add(String name, Graph graph, ProfileRun run) {
        processes++;
        if (run.trace().isEmpty()) {
            return;
        }
        named(name, run);
        Map<String, Set<String>> layers = layers(graph, run);
        for (KernelEvent k : run.trace()) {
            events.add(event(k, layers.getOrDefault(k.node(), Set.of())));
            if (k.arenaInUseBytes() >= 0) {
                events.add(counter(k));
            }
        }
        events.addAll(TransferFlows.of(graph, run, processes));
    }

    /// The whole file.
    public String json() {
        try {
            return new ObjectMapper().writeValueAsString(Map.of("displayTimeUnit", "ms", "traceEvents", events));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Who is who on the time line.
    private void named(String name, ProfileRun run) {
        events.add(meta("process_name", 0, "name", name));
        events.add(meta("process_labels", 0, "labels", which(run)));
        events.add(meta("process_sort_index", 0, "sort_index", processes));
        List<Long> threads =
                run.trace().stream().map(KernelEvent::thread).distinct().toList();
        for (int i = 0; i < threads.size(); i++) {
            String thread = threads.get(i) == KernelEvent.DEVICE
                    ? run.plan().target().device().id() + " queue"
                    : place(run, threads.get(i)) + " thread " + (i + 1);
            events.add(meta("thread_name", threads.get(i), "name", thread + " · " + which(run)));
        }
    }

    /// The engine, or, where a run is on several devices, as that of a placed model, the one of this thread's kernels.
    private static String place(ProfileRun run, long thread) {
        Set<String> all = new HashSet<>();
        Set<String> here = new HashSet<>();
        for (KernelEvent k : run.trace()) {
            all.add(k.device());
            if (k.thread() == thread) {
                here.add(k.device());
            }
        }
        return all.size() > 1 && here.size() == 1
                ? here.iterator().next()
                : run.plan().target().engine();
    }

    /// What each kernel stands for, by its name.
    private static Map<String, Set<String>> layers(Graph graph, ProfileRun run) {
        Map<String, Set<String>> layers = new HashMap<>();
        for (NodePlace place : NodePlace.all(graph)) {
            Node node = place.node();
            OpStats stats = run.layers().get(node.id());
            if (stats != null) {
                stats.kernels()
                        .forEach(k -> layers.computeIfAbsent(k, n -> new LinkedHashSet<>())
                                .add(place.shownName()));
            }
        }
        return layers;
    }

    private static String which(ProfileRun run) {
        int profiled =
                run.layers().values().stream().mapToInt(OpStats::samples).max().orElse(0);
        return profiled > 1 ? "quickest of " + profiled + " profiled runs" : "the profiled run";
    }

    private Map<String, Object> meta(String name, long thread, String key, Object value) {
        return Map.of("name", name, "ph", "M", "pid", processes, "tid", thread, "args", Map.of(key, value));
    }

    private Map<String, Object> counter(KernelEvent k) {
        return Map.of(
                "name",
                "arena in use",
                "ph",
                "C",
                "ts",
                k.start().plus(k.duration()).toNanos() / 1e3,
                "pid",
                processes,
                "args",
                Map.of("bytes", k.arenaInUseBytes()));
    }

    private Map<String, Object> event(KernelEvent k, Set<String> layers) {
        Map<String, Object> e = new LinkedHashMap<>();
        e.put("name", k.node());
        e.put("cat", k.op());
        e.put("ph", "X");
        e.put("ts", k.start().toNanos() / 1e3);
        e.put("dur", k.duration().toNanos() / 1e3);
        e.put("pid", processes);
        e.put("tid", k.thread());
        Map<String, Object> args = new LinkedHashMap<>();
        args.put("op", k.op());
        args.put("provider", k.provider());
        if (!k.device().isEmpty()) {
            args.put("device", k.device());
        }
        k.threads().ifPresent(use -> args.put("threads", use.used() + " of " + use.pool()));
        args.put("layers", layers);
        args.put("inputs", k.inputShapes());
        args.put("outputs", k.outputShapes());
        if (k.outputBytes() >= 0) {
            args.put("outputBytes", k.outputBytes());
        }
        if (k.arenaInUseBytes() >= 0) {
            args.put("arenaInUseBytes", k.arenaInUseBytes());
        }
        e.put("args", args);
        return e;
    }
}
