package dev.lathe.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lathe.core.Diagnostic;
import dev.lathe.core.FileReason;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.profile.compare.RunRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A measurement that `lathe run --json` wrote, read back to be compared.
final class RunFile {
    /// What `kind` says in such a file.
    static final String KIND = "lathe-run";

    private static final List<String> CONDITIONS =
            List.of("engine", "device", "deviceName", "threads", "streams", "level", "dims", "warmup");

    private RunFile() {}

    /// Whether it is JSON, by its first character: no model begins so.
    static boolean isOne(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            for (int c = in.read(); c >= 0; c = in.read()) {
                if (!Character.isWhitespace(c)) {
                    return c == '{';
                }
            }
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    /// @throws LatheException when it cannot be read or is something else
    static RunRecord read(Path file) throws LatheException {
        JsonNode j;
        try {
            j = new ObjectMapper().readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw wrong(file, "is no JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw wrong(file, "cannot be read (" + FileReason.of(e) + ")");
        }
        if (!j.path("kind").asText().equals(KIND) || !j.path("layers").isArray()) {
            throw wrong(file, "is no measurement that 'lathe run --json' wrote");
        }
        Map<String, String> conditions = new LinkedHashMap<>();
        CONDITIONS.forEach(c -> conditions.put(
                c,
                j.path(c).isContainerNode() ? j.path(c).toString() : j.path(c).asText()));
        // Files of before there were several say nothing of them.
        conditions.computeIfPresent("streams", (k, v) -> v.isEmpty() ? "1" : v);
        List<RunRecord.Layer> layers = new ArrayList<>();
        for (JsonNode l : j.path("layers")) {
            Set<String> kernels = new LinkedHashSet<>();
            l.path("kernels").forEach(k -> kernels.add(k.asText()));
            layers.add(new RunRecord.Layer(
                    l.path("in").asText("") + l.path("node").asText(),
                    l.path("op").asText(),
                    l.path("timeMs").asDouble(),
                    kernels,
                    numbers(l.path("timesMs")),
                    l.path("estimate").asBoolean()));
        }
        List<Double> times = numbers(j.path("runTimesMs"));
        if (times.isEmpty() && j.path("latencyMs").path("p50").isNumber()) {
            // One that broke off may have lost the times of single runs.
            times = List.of(j.path("latencyMs").path("p50").asDouble());
        }
        return new RunRecord(j.path("model").asText(), conditions, times, layers);
    }

    private static List<Double> numbers(JsonNode list) {
        List<Double> all = new ArrayList<>();
        list.forEach(n -> all.add(n.asDouble()));
        return all;
    }

    private static LatheException wrong(Path file, String why) {
        return new LatheException(Diagnostic.error("not-a-run", why + ".", Place.file(file))
                .withRemedy("Measure with 'lathe run MODEL --json FILE'."));
    }
}
