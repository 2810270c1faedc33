package dev.lathe.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lathe.core.LatheException;
import dev.lathe.profile.OpStats;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.engine.KernelEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `trace.json`: the kernels of one profiled run of the original and of every variant, the quickest of each, in
/// Chrome's trace event format, which Perfetto opens. One process per variant, named by it and by which run it
/// is, one named thread per engine thread; times in µs from the start of the run, by the engine's clock.
public final class TraceReport implements ReportWriter {
    @Override
    public String fileName() {
        return "trace.json";
    }

    @Override
    public String description() {
        return "The kernels of one run on a time line, for Perfetto";
    }

    @Override
    public void write(Report report, Path folder) throws LatheException {
        List<Map<String, Object>> events = new ArrayList<>();
        int process = 1;
        for (ReportVariant v : report.variants()) {
            if (v.run().isPresent()) {
                events.addAll(named(report, v, v.run().get(), process));
                for (KernelEvent k : v.run().get().trace()) {
                    events.add(event(k, process));
                }
            }
            process++;
        }
        try {
            ReportWriters.text(
                    folder.resolve(fileName()),
                    new ObjectMapper().writeValueAsString(Map.of("displayTimeUnit", "ms", "traceEvents", events)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Who is who on the time line.
    private static List<Map<String, Object>> named(Report report, ReportVariant v, ProfileRun run, int process) {
        List<Map<String, Object>> names = new ArrayList<>();
        names.add(meta("process_name", process, 0, "name", report.title() + " · " + v.name()));
        names.add(meta("process_labels", process, 0, "labels", which(run)));
        names.add(meta("process_sort_index", process, 0, "sort_index", process));
        List<Long> threads =
                run.trace().stream().map(KernelEvent::thread).distinct().toList();
        for (int i = 0; i < threads.size(); i++) {
            String thread = run.plan().target().engine() + " thread " + (i + 1);
            names.add(meta("thread_name", process, threads.get(i), "name", thread + " · " + which(run)));
        }
        return names;
    }

    private static String which(ProfileRun run) {
        int profiled =
                run.layers().values().stream().mapToInt(OpStats::samples).max().orElse(0);
        return profiled > 1 ? "quickest of " + profiled + " profiled runs" : "the profiled run";
    }

    private static Map<String, Object> meta(String name, int process, long thread, String key, Object value) {
        return Map.of("name", name, "ph", "M", "pid", process, "tid", thread, "args", Map.of(key, value));
    }

    private static Map<String, Object> event(KernelEvent k, int process) {
        Map<String, Object> e = new LinkedHashMap<>();
        e.put("name", k.node());
        e.put("cat", k.op());
        e.put("ph", "X");
        e.put("ts", k.start().toNanos() / 1e3);
        e.put("dur", k.duration().toNanos() / 1e3);
        e.put("pid", process);
        e.put("tid", k.thread());
        Map<String, Object> args = new LinkedHashMap<>();
        args.put("op", k.op());
        args.put("provider", k.provider());
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
