package dev.lathe.report;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.FileReason;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.io.Formats;
import dev.lathe.optimize.Pipeline;
import dev.lathe.optimize.Recipe;
import dev.lathe.optimize.Trace;
import dev.lathe.optimize.check.Equivalence;
import dev.lathe.optimize.check.EquivalencePlan;
import dev.lathe.optimize.check.OutputDifference;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.Profiler;
import dev.lathe.profile.engine.ModelRunner;
import dev.lathe.profile.worker.ScratchFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Makes everything that a report tells: applies the recipes, runs the original and every variant, and
/// compares their outputs.
public record ReportMeasurement(Profiler profiler, ModelRunner runner, ProfilePlan plan, int samples) {

    /// `recipes` by variant name, in order.
    public Report measure(
            Path source, Map<String, Recipe> recipes, String version, List<Report.Fact> machine, JobContext context)
            throws LatheException {
        Model model = Formats.open(source, context);
        List<ReportVariant> variants = new ArrayList<>();
        double steps = recipes.size() + 1.0;
        variants.add(measured(
                "original", model, ModelBytes.of(source, model), List.of(), Recipe.EMPTY, context.part(0, 1 / steps)));
        Path work = temporaryFolder();
        try {
            int at = 1;
            for (Map.Entry<String, Recipe> e : recipes.entrySet()) {
                JobContext part = context.part(at / steps, (at + 1) / steps);
                Trace trace = Pipeline.run(model, e.getValue(), runner, part);
                Model changed = trace.result();
                Path file = work.resolve("variant-" + at + ".onnx");
                Formats.export(changed, file, part);
                EquivalencePlan check = new EquivalencePlan(samples, plan.seed(), plan.dims());
                List<OutputDifference> differences =
                        Equivalence.compare(source, file, check, plan.target(), runner, part);
                long bytes = ModelBytes.of(file, Formats.open(file, part));
                ReportVariant variant = measured(e.getKey(), changed, bytes, differences, e.getValue(), part);
                variants.add(variant.withRemarks(trace.steps().stream()
                        .flatMap(s -> s.remarks().stream())
                        .toList()));
                at++;
            }
        } finally {
            remove(work);
        }
        return new Report(String.valueOf(source.getFileName()), Instant.now(), version, machine, variants);
    }

    private ReportVariant measured(
            String name, Model model, long bytes, List<OutputDifference> differences, Recipe recipe, JobContext context)
            throws LatheException {
        context.progress(0, "running " + name);
        ProfileRun run = profiler.profile(model, plan, sample -> {}, context);
        Analysis analysis = Analysis.of(model, plan.dims(), context);
        return new ReportVariant(name, model, analysis, bytes, Optional.of(run), differences, recipe);
    }

    private static Path temporaryFolder() throws LatheException {
        try {
            return ScratchFolder.make();
        } catch (IOException e) {
            throw new LatheException(
                    Diagnostic.error(
                                    FileReason.isFullDisk(e) ? "disk-full" : "no-temporary-folder",
                                    "no folder for temporary files can be made there (" + FileReason.of(e) + ").",
                                    Place.file(Path.of(System.getProperty("java.io.tmpdir"))))
                            .withRemedy("Free some space, or set another temporary folder."),
                    e);
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path p : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(p);
            }
        } catch (IOException e) {
            // The system clears its temporary folder; a report is not lost for that.
            folder.toFile().deleteOnExit();
        }
    }
}
