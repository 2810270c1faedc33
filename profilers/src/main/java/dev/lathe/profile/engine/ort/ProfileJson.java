package dev.lathe.profile.engine.ort;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.lathe.profile.engine.ExecutionProvider;
import dev.lathe.profile.engine.KernelEvent;
import dev.lathe.profile.engine.ThreadUse;
import dev.lathe.profile.engine.TracedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the runtime's profile (Chrome trace events, µs) into kernel events. Only kernels count; when a
/// kernel contains others (If, Loop, Scan run their bodies inside), it and they are all there, and whoever
/// adds times up must look at nesting. Token by token: a tree of a profile with 2,000 kernels costs more
/// than the run.
final class ProfileJson {
    private static final String KERNEL = "_kernel_time";
    private static final JsonFactory JSON = new JsonFactory();

    private final List<Event> kernels = new ArrayList<>();
    private final List<Event> programs = new ArrayList<>();
    private long runMicros;

    /// A body that runs a thousand times has the same words each time.
    private final Map<String, String> words = new HashMap<>();

    private Optional<ThreadCounts> counted = Optional.empty();

    private ProfileJson() {}

    private static final class Event {
        private String category = "";
        private String name = "";
        private String op = "";
        private String provider = "";
        private String inputs = "";
        private String outputs = "";
        private long start;
        private long micros;
        private long thread;
        private long activationBytes = -1;
        private long outputBytes = -1;
        private long arenaBytes = -1;
        private long arenaPeakBytes = -1;
        private long askedBytes = -1;
        private long askedGrowth;
        private Optional<ThreadCounts> threads = Optional.empty();
        private Optional<ThreadUse> use = Optional.empty();
    }

    static TracedRun read(Path file) throws IOException {
        ProfileJson profile = new ProfileJson();
        try (JsonParser p = JSON.createParser(new ProfileText(Files.newInputStream(file)))) {
            if (p.nextToken() == JsonToken.START_ARRAY) {
                while (p.nextToken() == JsonToken.START_OBJECT) {
                    profile.add(profile.event(p));
                }
            }
        }
        return profile.result();
    }

    private void add(Event e) {
        if (e.category.equals("Node") && e.name.endsWith(KERNEL)) {
            e.name = once(e.name.substring(0, e.name.length() - KERNEL.length()));
            share(e);
            kernels.add(e);
        } else if (e.category.equals(DeviceTimes.CATEGORY)) {
            programs.add(e);
        } else if (e.category.equals("Session") && e.name.equals("model_run")) {
            runMicros = e.micros;
        }
    }

    private TracedRun result() {
        long first = kernels.stream().mapToLong(e -> e.start).min().orElse(0);
        DeviceTimes device = new DeviceTimes();
        programs.forEach(e -> device.add(e.name, Math.max(0, e.start - first), e.micros));
        return new TracedRun(
                device.onto(kernels.stream().map(e -> kernel(e, first)).toList()), micros(runMicros));
    }

    /// Threads are the processor's: what a kernel on another device does with its own is not told.
    private void share(Event e) {
        if (e.threads.isPresent()) {
            e.use = e.provider.equals(ExecutionProvider.CPU_RUNTIME_NAME)
                    ? e.threads.get().since(counted)
                    : Optional.empty();
            counted = e.threads;
            e.threads = Optional.empty();
        }
    }

    private String once(String word) {
        String known = words.putIfAbsent(word, word);
        return known == null ? word : known;
    }

    private static KernelEvent kernel(Event e, long first) {
        return new KernelEvent(
                e.name,
                e.op,
                e.provider,
                micros(e.start - first),
                micros(e.micros),
                e.thread,
                e.inputs,
                e.outputs,
                e.activationBytes,
                e.outputBytes,
                e.arenaBytes,
                e.arenaPeakBytes,
                e.askedBytes,
                e.askedGrowth,
                "",
                e.use);
    }

    private static Duration micros(long n) {
        return Duration.ofNanos(1000 * n);
    }

    private Event event(JsonParser p) throws IOException {
        Event e = new Event();
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String field = p.currentName();
            p.nextToken();
            switch (field) {
                case "cat" -> e.category = once(p.getText());
                case "name" -> e.name = p.getText();
                case "ts" -> e.start = p.getValueAsLong();
                case "dur" -> e.micros = p.getValueAsLong();
                case "tid" -> e.thread = p.getValueAsLong();
                case "args" -> arguments(p, e);
                default -> p.skipChildren();
            }
        }
        return e;
    }

    private void arguments(JsonParser p, Event e) throws IOException {
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String field = p.currentName();
            p.nextToken();
            switch (field) {
                case "op_name" -> e.op = once(p.getText());
                case "provider" -> e.provider = once(p.getText());
                case "input_type_shape" -> e.inputs = once(shapes(p));
                case "output_type_shape" -> e.outputs = once(shapes(p));
                case "activation_size" -> e.activationBytes = p.getValueAsLong(-1);
                case "output_size" -> e.outputBytes = p.getValueAsLong(-1);
                case "mem_bytes_in_use" -> e.arenaBytes = p.getValueAsLong(-1);
                case "mem_in_use_peak" -> e.arenaPeakBytes = p.getValueAsLong(-1);
                case "mem_bytes_requested_in_use" -> e.askedBytes = p.getValueAsLong(-1);
                case "mem_requested_in_use_delta" -> e.askedGrowth = p.getValueAsLong(0);
                case "thread_scheduling_stats" -> e.threads = Optional.of(ThreadCounts.read(p));
                default -> p.skipChildren();
            }
        }
    }

    /// `[{"float":[1,128]}]` becomes `float[1,128]`.
    private static String shapes(JsonParser p) throws IOException {
        StringBuilder b = new StringBuilder();
        int depth = 0;
        while (true) {
            switch (p.currentToken()) {
                case START_ARRAY, START_OBJECT -> depth++;
                case END_ARRAY, END_OBJECT -> depth--;
                case FIELD_NAME -> {
                    b.append(b.isEmpty() ? "" : " ").append(p.currentName());
                    p.nextToken();
                    dims(p, b);
                }
                default -> {
                    // Nothing else stands there.
                }
            }
            if (depth <= 0) {
                return b.toString();
            }
            p.nextToken();
        }
    }

    private static void dims(JsonParser p, StringBuilder b) throws IOException {
        if (p.currentToken() != JsonToken.START_ARRAY) {
            p.skipChildren();
            return;
        }
        b.append('[');
        for (int i = 0; p.nextToken() != JsonToken.END_ARRAY; i++) {
            b.append(i > 0 ? "," : "").append(p.getText());
            p.skipChildren();
        }
        b.append(']');
    }
}
