package dev.lathe.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lathe.core.Diagnostic;
import dev.lathe.core.FileReason;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.sweep.SweepPoint;
import dev.lathe.profile.sweep.SweepResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a sweep has measured, a line of JSON for each point, so that one that was stopped goes on where it
/// was. The first line says of which model and how: another one is refused.
final class SweepFile implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Optional<Writer> out;
    private final List<SweepResult> results;

    private SweepFile(Optional<Writer> out, List<SweepResult> results) {
        this.out = out;
        this.results = results;
    }

    /// @throws LatheException when the file cannot be used, or is of another sweep
    static SweepFile open(Optional<Path> file, Path model, ProfilePlan plan) throws LatheException {
        if (file.isEmpty()) {
            return new SweepFile(Optional.empty(), List.of());
        }
        try {
            Map<String, Object> head = head(model, plan);
            List<String> lines = Files.exists(file.get()) ? Files.readAllLines(file.get()) : List.of();
            if (!lines.isEmpty() && !MAPPER.readTree(JsonOut.line(head)).equals(read(file.get(), lines.getFirst()))) {
                throw new LatheException(Diagnostic.error(
                                "other-sweep",
                                "is of another model or was measured in another way; nothing there was changed.",
                                Place.file(file.get()))
                        .withRemedy("Give another file, or the options of the first time."));
            }
            List<SweepResult> results = new ArrayList<>();
            for (String line : lines.stream().skip(1).toList()) {
                result(line).ifPresent(results::add);
            }
            Writer out = Files.newBufferedWriter(
                    file.get(), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
            if (lines.isEmpty()) {
                out.write(JsonOut.line(head) + "\n");
                out.flush();
            } else if (!Files.readString(file.get()).endsWith("\n")) {
                // The last line of a sweep that was killed.
                out.write("\n");
            }
            return new SweepFile(Optional.of(out), results);
        } catch (IOException e) {
            throw failed(file.get(), e);
        }
    }

    private static JsonNode read(Path file, String line) throws LatheException {
        try {
            return MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            throw new LatheException(Diagnostic.error("not-a-sweep", "is no file of a sweep.", Place.file(file)), e);
        }
    }

    private static Map<String, Object> head(Path model, ProfilePlan plan) throws IOException {
        Map<String, Object> head = new LinkedHashMap<>();
        head.put("sweep", String.valueOf(model.toAbsolutePath().normalize()));
        head.put("bytes", Files.size(model));
        head.put("changed", Files.getLastModifiedTime(model).toMillis());
        head.put("engine", plan.target().engine());
        head.put("device", plan.target().device().id());
        head.put("level", plan.level().name());
        head.put("runs", plan.runs());
        head.put("warmup", plan.warmup());
        head.put("seed", plan.seed());
        head.put("options", new java.util.TreeMap<>(plan.options()));
        return head;
    }

    /// Empty for a line that was cut short: that point is measured again.
    private static Optional<SweepResult> result(String line) {
        try {
            JsonNode j = MAPPER.readTree(line);
            Map<String, Long> sizes = new HashMap<>();
            j.path("dims")
                    .properties()
                    .forEach(e -> sizes.put(e.getKey(), e.getValue().asLong()));
            SweepPoint point =
                    new SweepPoint(new DimBindings(sizes), j.path("threads").asInt());
            if (!j.has("threads") || !j.has("p50Nanos")) {
                // What failed is tried again.
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

    /// Those of earlier times.
    List<SweepResult> results() {
        return results;
    }

    /// @throws UncheckedIOException when the disk is full
    void add(SweepResult r) {
        if (out.isEmpty()) {
            return;
        }
        Map<String, @Nullable Object> j = new LinkedHashMap<>();
        j.put("dims", r.point().dims().sizes());
        j.put("threads", r.point().threads());
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
        try {
            out.get().write(JsonOut.line(j) + "\n");
            out.get().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws LatheException {
        if (out.isPresent()) {
            try {
                out.get().close();
            } catch (IOException e) {
                throw unkept(e);
            }
        }
    }

    static LatheException unkept(IOException e) {
        return new LatheException(
                Diagnostic.error(
                        FileReason.codeOfWriting(e),
                        "what the sweep measured cannot be kept (" + FileReason.of(e) + ").",
                        new Place.AtOption("--resume")),
                e);
    }

    private static LatheException failed(Path file, IOException e) {
        return new LatheException(
                Diagnostic.error(
                        FileReason.codeOfWriting(e),
                        "cannot be used for --resume (" + FileReason.of(e) + ").",
                        Place.file(file)),
                e);
    }
}
