package dev.lathe.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.Severity;
import dev.lathe.graph.Model;
import dev.lathe.graph.Shape;
import dev.lathe.graph.Value;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.verify.Verifier;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What ONNX Runtime writes when it is asked to save the model that it optimized: every operator in it is known, the
/// verifier finds nothing wrong, and nothing that was known of a tensor gets lost. `-Dlathe.table=true` prints what
/// was compared.
class SavedModelsTest {
    private static final List<OptLevel> LEVELS = List.of(OptLevel.BASIC_OPT, OptLevel.EXTENDED_OPT, OptLevel.ALL_OPT);

    @TempDir
    Path folder;

    private int models;
    private int compared;
    private final List<String> wrong = new ArrayList<>();

    @Test
    void theTransformerOfTheTestsIsWholeAfterEveryLevel() throws Exception {
        Path file = folder.resolve("minilm.onnx");
        try (InputStream in = SavedModelsTest.class.getResourceAsStream("/all-minilm-l6-v2.onnx")) {
            Files.copy(in, file);
        }
        compare(file);
        assertThat(wrong).isEmpty();
        assertThat(models).isEqualTo(LEVELS.size());
        assertThat(compared).isGreaterThan(300);
    }

    @Test
    void realModelsAreWholeAfterEveryLevel() throws Exception {
        List<Path> files = SharedModels.onnx();
        assumeFalse(files.isEmpty(), "the folder of real models is not there");
        for (Path file : files) {
            besides(file);
            compare(file);
        }
        assertThat(wrong).isEmpty();
        assertThat(models).isGreaterThan(files.size());
    }

    private void compare(Path file) throws Exception {
        Map<String, Shape.Ranked> known = new HashMap<>();
        Model source = Formats.open(file, JobContext.quiet());
        Analysis before = Analysis.of(source, DefaultDims.choose(source), JobContext.quiet());
        for (Value v : source.graph().values()) {
            if (before.type(v.id()).shape() instanceof Shape.Ranked ranked) {
                known.put(v.name(), ranked);
            }
        }
        for (OptLevel level : LEVELS) {
            Path saved = folder.resolve("saved.onnx");
            if (!save(file, level, saved)) {
                return;
            }
            models++;
            check(file.getFileName() + " " + level, saved, known);
            Files.delete(saved);
        }
    }

    /// Weights in files of their own stay there, beside what is saved.
    private void besides(Path model) throws IOException {
        String stem = model.getFileName().toString().replaceFirst("\\.onnx$", "");
        try (Stream<Path> all = Files.list(model.toAbsolutePath().getParent())) {
            for (Path p :
                    all.filter(p -> p.getFileName().toString().startsWith(stem)).toList()) {
                Files.copy(p, folder.resolve(p.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /// Whether ONNX Runtime loads the model at all.
    private static boolean save(Path file, OptLevel level, Path to) throws OrtException {
        OrtEnvironment env = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            options.setOptimizationLevel(level);
            options.setOptimizedModelFilePath(to.toString());
            env.createSession(file.toString(), options).close();
            return true;
        } catch (OrtException refused) {
            return false;
        }
    }

    private void check(String what, Path saved, Map<String, Shape.Ranked> known) throws Exception {
        Model model = Formats.open(saved, JobContext.quiet());
        Analysis analysis = Analysis.of(model, DefaultDims.choose(model), JobContext.quiet());
        for (Diagnostic d : Verifier.of(analysis, JobContext.quiet())) {
            if (d.severity() == Severity.ERROR || d.code().equals("operator-unknown")) {
                wrong.add(what + ": " + d.line());
            }
        }
        if (!analysis.openDims().isEmpty()) {
            wrong.add(what + ": nothing settles " + analysis.openDims());
        }
        int before = compared;
        int unknown = 0;
        for (Value v : model.graph().values()) {
            if (model.graph().producer(v.id()).isEmpty()) {
                continue; // The type of a tensor that was optimized away is left in the file.
            }
            Optional<Shape.Ranked> was = Optional.ofNullable(known.get(v.name()));
            Shape now = analysis.type(v.id()).shape();
            boolean open = !(now instanceof Shape.Ranked r)
                    || r.dims().stream().anyMatch(d -> d.fixed().isEmpty());
            unknown += open ? 1 : 0;
            if (was.isPresent()) {
                compared++;
                boolean wasOpen =
                        was.get().dims().stream().anyMatch(d -> d.fixed().isEmpty());
                if (open && !wasOpen) {
                    wrong.add(what + ": '" + v.name() + "' was " + was.get() + ", is " + now);
                }
            }
        }
        if (Boolean.getBoolean("lathe.table")) {
            System.out.printf(
                    Locale.ROOT, "| %s | %d tensors compared | %d open |%n", what, compared - before, unknown);
        }
    }
}
