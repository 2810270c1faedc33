package dev.lathe.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lathe.core.LatheException;
import dev.lathe.profile.engine.KernelEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `trace.json`: the kernels of the last profiled run of every variant in Chrome's trace event format, which
/// Perfetto opens. One process per variant, one thread per engine thread; times in µs.
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
                events.add(Map.of("name", "process_name", "ph", "M", "pid", process, "args", Map.of("name", v.name())));
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
