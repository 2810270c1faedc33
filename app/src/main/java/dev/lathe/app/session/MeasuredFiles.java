package dev.lathe.app.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lathe.app.project.Kept;
import dev.lathe.app.project.Services;
import dev.lathe.app.project.SweepState;
import dev.lathe.app.project.Variant;
import dev.lathe.app.project.VariantState;
import dev.lathe.app.session.KeptJson.Damaged;
import dev.lathe.cli.RunJson;
import dev.lathe.core.Diagnostic;
import dev.lathe.core.FileReason;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Model;
import dev.lathe.optimize.RecipeFile;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.engine.DataFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// Measurements in the user's data folder: a folder for each content of a model, in it a file for each run and one for
/// the newest sweep of each variant. A file is there whole or not at all; one that cannot be read is told and left as
/// it is.
public final class MeasuredFiles implements Services.Keeping {
    private static final String RUN = ".run.json";
    private static final String SWEEP = ".sweep.json";
    /// Of a model: more are compared by nobody, and each has some hundred kilobytes.
    private static final int MOST_RUNS = 48;

    private static final int KEY = 32;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

    private final Path folder;

    /// @param folder made when something is kept
    public MeasuredFiles(Path folder) {
        this.folder = folder;
    }

    public static MeasuredFiles ofThisUser() {
        return new MeasuredFiles(DataFolder.ofThisUser().resolve("measured"));
    }

    @Override
    public String key(Path file, Model model, JobContext context) throws LatheException {
        return ContentKey.of(file, model, context).substring(0, KEY);
    }

    @Override
    public Kept find(String key) {
        List<Kept.KeptRun> runs = new ArrayList<>();
        List<Kept.KeptSweep> sweeps = new ArrayList<>();
        List<Diagnostic> troubles = new ArrayList<>();
        for (Path f : files(folder.resolve(key))) {
            try {
                JsonNode root = read(f);
                String kind = root.path("kind").asText();
                if (kind.equals(RunJson.KIND)) {
                    runs.add(RunRecordFile.read(root));
                } else if (kind.equals(SweepRecordFile.KIND)) {
                    sweeps.add(SweepRecordFile.read(root));
                } else {
                    throw new Damaged("it is no measurement");
                }
            } catch (Damaged | IllegalArgumentException e) {
                troubles.add(Diagnostic.warning(
                        "kept-damaged",
                        "a measurement of this model that was kept cannot be read (" + e.getMessage()
                                + "); it is ignored, and the file was left as it is.",
                        Place.file(f)));
            }
        }
        return new Kept(runs, sweeps, troubles);
    }

    private static JsonNode read(Path file) throws Damaged {
        JsonNode root;
        try {
            root = KeptJson.MAPPER.readTree(Files.readAllBytes(file));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new Damaged("it is no JSON any more");
        } catch (IOException e) {
            throw new Damaged(FileReason.of(e));
        }
        int version = root.path(KeptJson.KEPT).path("version").asInt();
        if (version > KeptJson.VERSION) {
            throw new Damaged("a newer Lathe wrote it");
        }
        return root;
    }

    /// In order of their names, which begin with the time; what is being written has none of these endings.
    private static List<Path> files(Path of) {
        if (!Files.isDirectory(of)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(of)) {
            return all.filter(f -> f.toString().endsWith(RUN) || f.toString().endsWith(SWEEP))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    @Override
    public void keep(String key, Variant variant, ProfileRun run) throws LatheException {
        Optional<VariantState.Ready> ready = variant.ready();
        if (ready.isEmpty()) {
            return;
        }
        String name =
                STAMP.format(run.when()) + "-" + UUID.randomUUID().toString().substring(0, 8) + RUN;
        write(key, name, RunRecordFile.write(variant, ready.get(), run));
        forgetOldest(folder.resolve(key));
    }

    @Override
    public void keep(String key, Variant variant, SweepState sweep) throws LatheException {
        UUID recipe = UUID.nameUUIDFromBytes(RecipeFile.print(variant.recipe()).getBytes(StandardCharsets.UTF_8));
        write(key, recipe + SWEEP, SweepRecordFile.write(variant, sweep));
    }

    private void write(String key, String name, ObjectNode root) throws LatheException {
        Path of = folder.resolve(key);
        try {
            Files.createDirectories(of);
            Path part = Files.createTempFile(of, ".kept", ".part");
            try {
                Files.write(
                        part, KeptJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
                Files.move(part, of.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new LatheException(
                    Diagnostic.error(
                                    FileReason.codeOfWriting(e),
                                    "what was measured cannot be kept (" + FileReason.of(e)
                                            + "); it is known until Lathe ends.",
                                    Place.file(of))
                            .withRemedy("Make room there, or set LATHE_DATA to another folder."),
                    e);
        }
    }

    private static void forgetOldest(Path of) {
        List<Path> runs =
                files(of).stream().filter(f -> f.toString().endsWith(RUN)).toList();
        for (Path old : runs.subList(0, Math.max(0, runs.size() - MOST_RUNS))) {
            try {
                Files.deleteIfExists(old);
            } catch (IOException e) {
                return; // the next run tries again
            }
        }
    }
}
