package dev.lathe.app.timeline;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.lathe.core.JobContext;
import dev.lathe.graph.NodeId;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Events of Chrome's trace event format, one after the other: complete ones (X), pairs (B, E), counters (C), and the
/// names of processes and threads (M). Others have no length.
final class TraceEventReader {
    /// What ONNX Runtime appends to the names of nodes.
    private static final List<String> KERNEL_ENDINGS = List.of("_kernel_time", "_fence_before", "_fence_after");

    private static final String[] NONE = {};

    /// Long traces say the same over and over; what they say once each is not worth remembering.
    private static final int MOST_KNOWN = 10_000;

    private final Map<String, NodeId> nodes;
    private final TimelineBuilder builder = new TimelineBuilder();
    private final Map<TimelineBuilder.Lane, Deque<Event>> open = new HashMap<>();
    private final Map<String, String> known = new HashMap<>();

    /// Of the event that is being read.
    private final List<String> pairs = new ArrayList<>();

    private final Map<String, Long> numbers = new HashMap<>();
    private TimelineBuilder.Lane lane = new TimelineBuilder.Lane(0, 0);

    private static final class Event {
        private String phase = "";
        private String name = "";
        private double at = Double.NaN;
        private double length = Double.NaN;
        private long process;
        private long thread;
        private String[] args = NONE;
        private List<String> layers = List.of();

        private String arg(String key) {
            for (int i = 0; i < args.length; i += 2) {
                if (args[i].equals(key)) {
                    return args[i + 1];
                }
            }
            return "";
        }
    }

    TraceEventReader(Map<String, NodeId> nodes) {
        this.nodes = nodes;
    }

    boolean isEmpty() {
        return builder.isEmpty();
    }

    Timeline build(String title, JobContext job) {
        return builder.build(title, job);
    }

    /// Reads one event; the parser stands on its opening brace.
    void read(JsonParser json) throws IOException {
        Event e = new Event();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            switch (field) {
                case "ph" -> e.phase = same(json.getText());
                case "name" -> e.name = json.getText();
                case "ts" -> e.at = json.getValueAsDouble(Double.NaN);
                case "dur" -> e.length = json.getValueAsDouble(Double.NaN);
                case "pid" -> e.process = number(json, value);
                case "tid" -> e.thread = number(json, value);
                case "args" -> args(json, value, e);
                default -> json.skipChildren();
            }
        }
        take(e);
    }

    /// Some profilers have names where others have numbers.
    private long number(JsonParser json, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_NUMBER_INT) {
            return json.getLongValue();
        }
        json.skipChildren();
        String name = json.getText();
        return numbers.computeIfAbsent(name, n -> Long.MAX_VALUE - numbers.size());
    }

    private void args(JsonParser json, JsonToken value, Event e) throws IOException {
        if (value != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        pairs.clear();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            JsonToken t = json.nextToken();
            if (t == JsonToken.START_ARRAY && key.equals("layers")) {
                e.layers = strings(json);
            } else if (t.isStructStart()) {
                json.skipChildren();
            } else if (json.getTextLength() > 0) {
                pairs.add(key);
                // Sizes and times differ from event to event.
                pairs.add(t == JsonToken.VALUE_STRING ? same(json.getText()) : json.getText());
            }
        }
        e.args = pairs.toArray(NONE);
    }

    private List<String> strings(JsonParser json) throws IOException {
        List<String> all = new ArrayList<>();
        for (JsonToken t = json.nextToken(); t != JsonToken.END_ARRAY && t != null; t = json.nextToken()) {
            if (t.isStructStart()) {
                json.skipChildren();
            } else {
                all.add(same(json.getText()));
            }
        }
        return all;
    }

    private String same(String text) {
        String before = known.get(text);
        if (before == null && known.size() < MOST_KNOWN) {
            known.put(text, text);
        }
        return before == null ? text : before;
    }

    private void take(Event e) {
        if (lane.process() != e.process || lane.thread() != e.thread) {
            lane = new TimelineBuilder.Lane(e.process, e.thread);
        }
        switch (e.phase) {
            case "X" -> complete(lane, e);
            case "B" -> open.computeIfAbsent(lane, l -> new ArrayDeque<>()).push(e);
            case "E" -> {
                Deque<Event> stack = open.getOrDefault(lane, new ArrayDeque<>());
                if (!stack.isEmpty()) {
                    Event began = stack.pop();
                    began.length = e.at - began.at;
                    complete(lane, began);
                }
            }
            case "C" -> count(e);
            case "M" -> meta(lane, e);
            default -> {
                // Instants, flows and samples have no length.
            }
        }
    }

    private void count(Event e) {
        for (int i = 0; i < e.args.length; i += 2) {
            double v = asNumber(e.args[i + 1]);
            if (Double.isFinite(v) && Double.isFinite(e.at)) {
                builder.counter(e.process, e.args.length == 2 ? e.name : e.name + " " + e.args[i], e.at, v);
            }
        }
    }

    private static double asNumber(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private void meta(TimelineBuilder.Lane lane, Event e) {
        String name = e.arg("name");
        switch (e.name) {
            case "process_name" -> builder.owner(e.process, name);
            case "thread_name" -> builder.name(lane, name);
            case "process_sort_index" -> {
                double order = asNumber(e.arg("sort_index"));
                if (Double.isFinite(order)) {
                    builder.order(e.process, (long) order);
                }
            }
            default -> {
                // Labels and the like.
            }
        }
    }

    private void complete(TimelineBuilder.Lane lane, Event e) {
        if (!Double.isFinite(e.at) || !Double.isFinite(e.length) || e.length < 0) {
            return;
        }
        String op = e.arg("op_name").isEmpty() ? e.arg("op") : e.arg("op_name");
        String name = e.name;
        for (String ending : KERNEL_ENDINGS) {
            if (!op.isEmpty() && name.endsWith(ending)) {
                name = name.substring(0, name.length() - ending.length());
            }
        }
        builder.slice(
                lane,
                new Slice(
                        e.at,
                        e.length,
                        name,
                        op.isEmpty() ? name : op,
                        new Arguments(e.args, e.layers),
                        behind(name, e.layers)));
    }

    /// The arguments of an event, names and values in turn, and the layers that it names.
    private record Arguments(String[] pairs, List<String> layers) implements Slice.Facts {
        @Override
        public List<String> lines() {
            List<String> lines = new ArrayList<>();
            if (!layers.isEmpty()) {
                lines.add("layers: " + String.join(", ", layers));
            }
            for (int i = 0; i < pairs.length; i += 2) {
                lines.add(pairs[i] + ": " + pairs[i + 1]);
            }
            return lines;
        }
    }

    private List<NodeId> behind(String name, List<String> layers) {
        if (nodes.isEmpty()) {
            return List.of();
        }
        if (layers.isEmpty()) {
            NodeId own = nodes.get(name);
            return own == null ? List.of() : List.of(own);
        }
        Set<NodeId> behind = new LinkedHashSet<>();
        for (String layer : layers) {
            NodeId id = nodes.get(layer);
            if (id != null) {
                behind.add(id);
            }
        }
        NodeId own = nodes.get(name);
        if (behind.isEmpty() && own != null) {
            behind.add(own);
        }
        return List.copyOf(behind);
    }
}
