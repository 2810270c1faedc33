package dev.lathe.profile.engine.djl;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.lathe.profile.engine.KernelEvent;
import dev.lathe.profile.engine.TracedRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads what PyTorch's profiler wrote of one run (Chrome trace events, µs) into kernel events: the operators that the
/// program itself calls, on the thread that runs it. What these call in turn is a part of their time.
///
/// An operator has no name there: the third `aten::relu` of a run is called `relu_3`, and is the same one in every run,
/// unless the program takes other branches.
final class PyTorchProfile {
    private static final JsonFactory JSON = new JsonFactory();
    /// What stands between namespace and name; the program's own functions (`forward`) have none.
    private static final String NAMESPACE = "::";

    private PyTorchProfile() {}

    private static final class Event {
        private String name = "";
        private String shapes = "";
        private double start;
        private double micros;
        private long thread;

        boolean isOperator() {
            return name.contains(NAMESPACE);
        }

        double end() {
            return start + micros;
        }
    }

    static TracedRun read(Path file) throws IOException {
        List<Event> events = new ArrayList<>();
        try (JsonParser p = JSON.createParser(file.toFile())) {
            if (p.nextToken() == JsonToken.START_ARRAY) {
                while (p.nextToken() == JsonToken.START_OBJECT) {
                    events.add(event(p));
                }
            }
        }
        // What contains others comes before them.
        events.sort(Comparator.<Event>comparingDouble(e -> e.start)
                .thenComparing(Comparator.<Event>comparingDouble(e -> e.micros).reversed()));
        return run(events);
    }

    private static TracedRun run(List<Event> events) {
        if (events.isEmpty()) {
            return new TracedRun(List.of(), Duration.ZERO);
        }
        Event first = events.getFirst();
        Map<String, Integer> counts = new HashMap<>();
        List<KernelEvent> kernels = new ArrayList<>();
        double until = first.start;
        double wall = 0;
        for (Event e : events) {
            if (e.thread != first.thread) {
                continue;
            }
            wall = Math.max(wall, e.end() - first.start);
            if (e.isOperator() && e.start >= until) {
                until = e.end();
                kernels.add(kernel(e, first.start, counts));
            }
        }
        return new TracedRun(kernels, micros(wall));
    }

    private static KernelEvent kernel(Event e, double first, Map<String, Integer> counts) {
        String called = e.name.substring(e.name.lastIndexOf(NAMESPACE) + NAMESPACE.length());
        return new KernelEvent(
                called + "_" + counts.merge(called, 1, Integer::sum),
                e.name,
                "CPU",
                micros(e.start - first),
                micros(e.micros),
                e.thread,
                e.shapes,
                "",
                -1,
                -1,
                -1,
                -1);
    }

    private static Duration micros(double n) {
        return Duration.ofNanos(Math.round(1000 * n));
    }

    private static Event event(JsonParser p) throws IOException {
        Event e = new Event();
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String field = p.currentName();
            p.nextToken();
            switch (field) {
                case "name" -> e.name = p.getText();
                case "ts" -> e.start = p.getDoubleValue();
                case "dur" -> e.micros = p.getDoubleValue();
                case "tid" -> e.thread = p.getLongValue();
                case "shape" -> e.shapes = shapes(p);
                default -> p.skipChildren();
            }
        }
        return e;
    }

    /// `[[1, 3, 224, 224], [], [32, 3, 3, 3]]`, where what is no tensor has no sizes, as
    /// `[1,3,224,224] [32,3,3,3]`.
    private static String shapes(JsonParser p) throws IOException {
        List<String> all = new ArrayList<>();
        List<String> sizes = new ArrayList<>();
        int depth = 1;
        while (depth > 0) {
            switch (p.nextToken()) {
                case START_ARRAY -> {
                    depth++;
                    sizes.clear();
                }
                case END_ARRAY -> {
                    depth--;
                    if (!sizes.isEmpty()) {
                        all.add("[" + String.join(",", sizes) + "]");
                        sizes.clear();
                    }
                }
                case null -> throw new IOException("it breaks off");
                default -> sizes.add(p.getText());
            }
        }
        return String.join(" ", all);
    }
}
