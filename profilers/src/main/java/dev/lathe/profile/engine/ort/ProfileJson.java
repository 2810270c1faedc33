package dev.lathe.profile.engine.ort;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lathe.profile.engine.KernelEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Reads the runtime's profile (Chrome trace events, µs) into kernel events. Only kernels count; when a
/// kernel contains others (If, Loop, Scan run their bodies inside), it and they are all there, and whoever
/// adds times up must look at nesting.
final class ProfileJson {
    private static final String KERNEL = "_kernel_time";
    private static final ObjectMapper MAPPER = new ObjectMapper(new JsonFactory());

    private ProfileJson() {}

    static List<KernelEvent> read(Path file) throws IOException {
        JsonNode all = MAPPER.readTree(file.toFile());
        List<KernelEvent> events = new ArrayList<>();
        long first = Long.MAX_VALUE;
        for (JsonNode e : all) {
            if (isKernel(e)) {
                first = Math.min(first, e.path("ts").asLong());
            }
        }
        for (JsonNode e : all) {
            if (isKernel(e)) {
                events.add(event(e, first));
            }
        }
        return events;
    }

    private static boolean isKernel(JsonNode e) {
        return e.path("cat").asText().equals("Node") && e.path("name").asText().endsWith(KERNEL);
    }

    private static KernelEvent event(JsonNode e, long first) {
        JsonNode args = e.path("args");
        String name = e.path("name").asText();
        return new KernelEvent(
                name.substring(0, name.length() - KERNEL.length()),
                args.path("op_name").asText(),
                args.path("provider").asText(),
                Duration.ofNanos(1000 * (e.path("ts").asLong() - first)),
                Duration.ofNanos(1000 * e.path("dur").asLong()),
                e.path("tid").asLong(),
                shapes(args.path("input_type_shape")),
                shapes(args.path("output_type_shape")),
                number(args, "activation_size"),
                number(args, "output_size"),
                number(args, "mem_bytes_in_use"),
                number(args, "mem_in_use_peak"));
    }

    private static long number(JsonNode args, String name) {
        JsonNode n = args.path(name);
        return n.isMissingNode() ? -1 : n.asLong(-1);
    }

    /// `[{"float":[1,128]}]` becomes `float[1,128]`.
    private static String shapes(JsonNode list) {
        StringBuilder b = new StringBuilder();
        for (JsonNode one : list) {
            one.properties()
                    .forEach(p ->
                            b.append(b.isEmpty() ? "" : " ").append(p.getKey()).append(p.getValue()));
        }
        return b.toString();
    }
}
