package dev.lathe.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lathe.core.Diagnostic;
import dev.lathe.core.FileReason;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.sweep.SweepLines;
import dev.lathe.profile.sweep.SweepResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
            String head = SweepLines.head(model, plan);
            List<String> lines = Files.exists(file.get()) ? Files.readAllLines(file.get()) : List.of();
            if (!lines.isEmpty() && !MAPPER.readTree(head).equals(read(file.get(), lines.getFirst()))) {
                throw new LatheException(Diagnostic.error(
                                "other-sweep",
                                "is of another model or machine, or was measured in another way; nothing there was changed.",
                                Place.file(file.get()))
                        .withRemedy("Give another file, or the options of the first time."));
            }
            List<SweepResult> results = new ArrayList<>();
            for (String line : lines.stream().skip(1).toList()) {
                SweepLines.result(line).ifPresent(results::add);
            }
            Writer out = Files.newBufferedWriter(
                    file.get(), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
            if (lines.isEmpty()) {
                out.write(head + "\n");
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

    /// Those of earlier times.
    List<SweepResult> results() {
        return results;
    }

    /// @throws UncheckedIOException when the disk is full
    void add(SweepResult r) {
        if (out.isEmpty()) {
            return;
        }
        try {
            out.get().write(SweepLines.line(r) + "\n");
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
