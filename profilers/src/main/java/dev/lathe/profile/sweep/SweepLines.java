package dev.lathe.profile.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.ceiling.CeilingSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A sweep as lines of JSON: the first says of which model and how, each other one is a point.
public final class SweepLines {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private SweepLines() {}

    /// Equal for sweeps whose points may stand in one file.
    ///
    /// @throws IOException when the model's file cannot be looked at
    public static String head(Path model, ProfilePlan plan) throws IOException {
        Map<String, Object> head = new LinkedHashMap<>();
        head.put("sweep", String.valueOf(model.toAbsolutePath().normalize()));
        head.put("bytes", Files.size(model));
        head.put("changed", Files.getLastModifiedTime(model).toMillis());
        head.put("engine", plan.target().engine());
        // Points of two machines, or of two versions of the engine, are no curve.
        CeilingSetup setup = CeilingSetup.of(plan.target());
        head.put("engineVersion", setup.engineVersion());
        head.put("device", setup.device());
        head.put("deviceName", setup.deviceName());
        head.put("cores", setup.cores());
        head.put("level", plan.level().name());
        head.put("runs", plan.runs());
        head.put("warmup", plan.warmup());
        head.put("seed", plan.seed());
        head.put("options", new TreeMap<>(plan.options()));
        return text(head);
    }

    public static String line(SweepResult r) {
        Map<String, Object> j = new LinkedHashMap<>();
        j.put("dims", r.point().dims().sizes());
        j.put("threads", r.point().threads());
        j.put("streams", r.point().streams());
        switch (r) {
            case SweepResult.Measured m -> {
                j.put("runs", m.runs());
                j.put("p50Nanos", m.p50().toNanos());
                j.put("p90Nanos", m.p90().toNanos());
                j.put("throughputPerSecond", m.throughputPerSecond());
                j.put("peakMemoryBytes", m.peakBytes());
            }
            case SweepResult.Failed f -> j.put("failed", f.why());
        }
        return text(j);
    }

    /// What a line tells of a point that was measured. Empty for one that was cut short, and for a point that failed:
    /// these are measured again.
    public static Optional<SweepResult.Measured> result(String line) {
        try {
            JsonNode j = MAPPER.readTree(line);
            Map<String, Long> sizes = new HashMap<>();
            j.path("dims")
                    .properties()
                    .forEach(e -> sizes.put(e.getKey(), e.getValue().asLong()));
            SweepPoint point =
                    // Files of before there were streams say nothing of them.
                    new SweepPoint(
                            new DimBindings(sizes),
                            j.path("threads").asInt(),
                            j.path("streams").asInt(1));
            if (!j.has("threads") || !j.has("p50Nanos")) {
                return Optional.empty();
            }
            return Optional.of(new SweepResult.Measured(
                    point,
                    j.path("runs").asInt(),
                    Duration.ofNanos(j.path("p50Nanos").asLong()),
                    Duration.ofNanos(j.path("p90Nanos").asLong()),
                    j.path("throughputPerSecond").asDouble(),
                    j.path("peakMemoryBytes").asLong()));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static String text(Map<String, Object> line) {
        try {
            return MAPPER.writeValueAsString(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
