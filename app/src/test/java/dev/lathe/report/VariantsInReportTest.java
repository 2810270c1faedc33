package dev.lathe.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lathe.app.project.TinyModel;
import dev.lathe.core.JobContext;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.optimize.Recipe;
import dev.lathe.profile.LayerRuns;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.engine.KernelEvent;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.SessionConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every file of a report tells of the variants what it tells of the original, and which is which.
class VariantsInReportTest {
    @TempDir
    Path folder;

    private int nodes;

    @BeforeEach
    void write() throws Exception {
        Model model = TinyModel.model(folder);
        nodes = model.graph().nodes().size();
        Report report = new Report(
                "mnist-cnn.onnx",
                Instant.EPOCH,
                "1",
                List.of(),
                List.of(variant("original", model, 7), variant("half, quick", model, 9)));
        assertThat(ReportWriters.write(report, folder.resolve("report"), JobContext.quiet()))
                .hasSize(3);
    }

    private static ReportVariant variant(String name, Model model, long thread) {
        return variant(name, model, thread, 1, DimBindings.NONE);
    }

    private static ReportVariant variant(String name, Model model, long thread, int threads, DimBindings dims) {
        ProfilePlan plan = new ProfilePlan(
                new RunTarget("onnxruntime", TinyModel.CPU, threads), SessionConfig.Level.ALL, 1, 5, 1, dims, 10);
        ProfileRun run = TinyModel.run(model, plan, 5);
        ProfileRun traced = new ProfileRun(
                run.when(),
                plan,
                run.latency(),
                run.throughputPerSecond(),
                run.layers(),
                run.layerSum(),
                run.outsideLayers(),
                run.profilerOverheadPercent(),
                run.kernelCoverage(),
                run.memory(),
                List.of(kernel("first", thread), kernel("second", thread)),
                run.runTimes(),
                LayerRuns.NONE,
                run.diagnostics());
        Analysis analysis = Analysis.of(model, DimBindings.NONE, JobContext.quiet());
        return new ReportVariant(name, model, analysis, 100, Optional.of(traced), List.of(), Recipe.EMPTY);
    }

    private static KernelEvent kernel(String name, long thread) {
        Duration ms = Duration.ofMillis(1);
        return new KernelEvent(name, "Conv", "CPU", ms, ms, thread, "", "", -1, -1, -1, -1);
    }

    @Test
    void theCsvHasTheLayersOfEveryVariantUnderItsName() throws Exception {
        List<String> lines = Files.readAllLines(folder.resolve("report/layers.csv"));
        assertThat(lines.getFirst()).startsWith("model,index,node,");
        assertThat(lines).hasSize(1 + 2 * nodes);
        assertThat(lines.subList(1, 1 + nodes)).allSatisfy(l -> assertThat(l).startsWith("original,"));
        assertThat(lines.subList(1 + nodes, lines.size()))
                .allSatisfy(l -> assertThat(l).startsWith("\"half, quick\","));
    }

    @Test
    void theTraceNamesTheModelAndTheRunOfEveryProcessAndThread() throws Exception {
        JsonNode events = new ObjectMapper()
                .readTree(folder.resolve("report/trace.json").toFile())
                .get("traceEvents");
        assertThat(args(events, "process_name", "name"))
                .containsExactly("1 mnist-cnn.onnx · original", "2 mnist-cnn.onnx · half, quick");
        assertThat(args(events, "process_labels", "labels"))
                .containsExactly("1 quickest of 3 profiled runs", "2 quickest of 3 profiled runs");
        assertThat(args(events, "thread_name", "name"))
                .containsExactly(
                        "1 onnxruntime thread 1 · quickest of 3 profiled runs",
                        "2 onnxruntime thread 1 · quickest of 3 profiled runs");
        assertThat(StreamSupport.stream(events.spliterator(), false)
                        .filter(e -> e.get("ph").asText().equals("X"))
                        .map(e -> e.get("pid").asInt() + " " + e.get("tid").asLong())
                        .toList())
                .containsExactly("1 7", "1 7", "2 9", "2 9");
    }

    private static List<String> args(JsonNode events, String name, String key) {
        return StreamSupport.stream(events.spliterator(), false)
                .filter(e -> e.get("name").asText().equals(name))
                .map(e -> e.get("pid").asInt() + " " + e.at("/args/" + key).asText())
                .collect(Collectors.toList());
    }

    @Test
    void thePageHasTheTablesOfEveryVariant() throws Exception {
        String page = Files.readString(folder.resolve("report/report.html"));
        for (String title : List.of("Where the time goes", "Findings", "By operator", "All layers")) {
            assertThat(page).contains("<h2>" + title + " · original</h2>", "<h2>" + title + " · half, quick</h2>");
        }
        assertThat(page).contains("sum of the layers · half, quick");
    }

    private String page(ReportVariant... variants) throws Exception {
        Path into = folder.resolve("other");
        ReportWriters.write(
                new Report("m.onnx", Instant.EPOCH, "1", List.of(), List.of(variants)), into, JobContext.quiet());
        return Files.readString(into.resolve("report.html"));
    }

    @Test
    void runsAtOtherSizesAreNoSpeedUpAndEachPlanIsTold() throws Exception {
        Model model = TinyModel.model(folder);
        String page = page(
                variant("original", model, 7, 2, new DimBindings(Map.of("batch", 8L))),
                variant("fp16", model, 9, 1, new DimBindings(Map.of("batch", 1L))));
        assertThat(page).contains(">other sizes<").doesNotContain("× faster", "× slower");
        assertThat(page)
                .contains("{batch=8}", "dimensions · fp16", "{batch=1}", ", 2 threads", "device · fp16", ", 1 thread<");
    }

    @Test
    void plansThatAreTheSameAreToldOnce() throws Exception {
        String page = Files.readString(folder.resolve("report/report.html"));
        assertThat(page).contains(">device<").doesNotContain("device · ", "dimensions · ", "engine · ");
    }
}
