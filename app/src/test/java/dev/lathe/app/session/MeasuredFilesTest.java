package dev.lathe.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.app.fixture.CopyingRun;
import dev.lathe.app.project.Attempt;
import dev.lathe.app.project.Kept;
import dev.lathe.app.project.SweepState;
import dev.lathe.app.project.TinyModel;
import dev.lathe.app.project.Variant;
import dev.lathe.app.project.VariantId;
import dev.lathe.app.project.VariantState;
import dev.lathe.cli.Cli;
import dev.lathe.core.JobContext;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Formats;
import dev.lathe.optimize.Recipe;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.SessionConfig;
import dev.lathe.profile.sweep.SweepAxes;
import dev.lathe.profile.sweep.SweepPoint;
import dev.lathe.profile.sweep.SweepResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Measurements that are kept in files come back as they were, and what is damaged costs nothing else.
class MeasuredFilesTest {
    @TempDir
    Path folder;

    private Path file = Path.of("");
    private Variant source;
    private MeasuredFiles files;

    @BeforeEach
    void aModel() throws Exception {
        file = TinyModel.file(folder);
        Model model = TinyModel.model(folder);
        Analysis analysis = Analysis.of(model, DimBindings.NONE, JobContext.quiet());
        source = new Variant(
                VariantId.SOURCE,
                "original",
                Optional.empty(),
                Recipe.EMPTY,
                new VariantState.Ready(model, analysis, file, Files.size(file), List.of()),
                Optional.empty(),
                List.of(),
                List.of());
        files = new MeasuredFiles(folder.resolve("measured"));
    }

    private ProfilePlan plan() {
        return new ProfilePlan(
                        new RunTarget("onnxruntime", TinyModel.CPU, 2),
                        SessionConfig.Level.EXTENDED,
                        3,
                        20,
                        7,
                        new DimBindings(Map.of("batch", 2L)),
                        2)
                .withOptions(Map.of(SessionConfig.SPINNING, "0"));
    }

    private ProfileRun run() {
        return TinyModel.run(source.model().orElseThrow(), plan(), 20);
    }

    private String key() throws Exception {
        return keyOf(file);
    }

    private String keyOf(Path of) throws Exception {
        return files.key(of, Formats.open(of, JobContext.quiet()), JobContext.quiet());
    }

    private List<Path> written() throws Exception {
        try (Stream<Path> all = Files.walk(folder.resolve("measured"))) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Test
    void aRunComesBackAsItWasInTermsOfTheModel() throws Exception {
        ProfileRun run = run();
        files.keep(key(), source, run);
        Kept kept = files.find(key());
        assertThat(kept.troubles()).isEmpty();
        assertThat(kept.runs()).hasSize(1);
        Kept.KeptRun back = kept.runs().getFirst();
        assertThat(back.recipe()).isEqualTo(Recipe.EMPTY);
        assertThat(back.variant()).isEqualTo("original");
        Model again = TinyModel.model(folder);
        ProfileRun told = back.of(again.graph(), Optional.of(TinyModel.CPU));
        assertThat(told.plan()).isEqualTo(run.plan());
        assertThat(told.when()).isEqualTo(run.when());
        assertThat(told.latency()).isEqualTo(run.latency());
        assertThat(told.layers()).isEqualTo(run.layers()).isNotEmpty();
        assertThat(told.layerSum()).isEqualTo(run.layerSum());
        assertThat(told.memory().peakResidentBytes()).isEqualTo(run.memory().peakResidentBytes());
        assertThat(ProfileRun.comparable(told, run)).isTrue();
        assertThat(written()).as("no leftovers").hasSize(1);
    }

    @Test
    void copiesDevicesAndThreadsOfLayersComeBack() throws Exception {
        Graph graph = source.model().orElseThrow().graph();
        String tensor = graph.nameOf(graph.nodes().getFirst().output(0));
        ProfileRun run = CopyingRun.of(
                run(),
                List.of(CopyingRun.copy(graph, tensor, "cpu", "webgpu:0", 3136, 0.25)),
                n -> n.equals(graph.nodes().getFirst().id()) ? "" : "webgpu:0");
        files.keep(key(), source, run);
        ProfileRun told =
                files.find(key()).runs().getFirst().of(TinyModel.model(folder).graph(), Optional.of(TinyModel.CPU));
        assertThat(told.transfers()).isEqualTo(run.transfers()).hasSize(1);
        assertThat(told.layers()).isEqualTo(run.layers());
    }

    @Test
    void aCopyOfTheModelHasTheSameKeyAndAnotherModelHasNot() throws Exception {
        Path copy = Files.copy(file, folder.resolve("copy.onnx"));
        assertThat(keyOf(copy)).isEqualTo(key());
        byte[] bytes = Files.readAllBytes(copy);
        bytes[bytes.length - 1]++;
        Files.write(copy, bytes);
        assertThat(keyOf(copy)).isNotEqualTo(key());
    }

    @Test
    void theCommandLineComparesWhatWasKept() throws Exception {
        files.keep(key(), source, run());
        files.keep(key(), source, run());
        List<Path> runs = written();
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = Cli.run(
                new String[] {
                    "compare", runs.getFirst().toString(), runs.getLast().toString()
                },
                r -> {},
                new PrintWriter(out),
                new PrintWriter(err));
        assertThat(exit).as(err.toString()).isZero();
        assertThat(out.toString()).contains("latency");
    }

    @Test
    void whatIsDamagedIsToldByItsFileAndTheRestIsThere() throws Exception {
        files.keep(key(), source, run());
        Path good = written().getFirst();
        String text = Files.readString(good);
        Path half = Files.writeString(good.resolveSibling("20000101-000000-000-a.run.json"), text.substring(0, 500));
        Path newer = Files.writeString(
                good.resolveSibling("20000101-000000-000-b.run.json"),
                text.replaceFirst("\"version\" : 1", "\"version\" : 99"));
        Path other = Files.writeString(good.resolveSibling("20000101-000000-000-c.run.json"), "{\"kind\": \"x\"}");
        Path lacking = Files.writeString(
                good.resolveSibling("20000101-000000-000-d.run.json"), text.replaceFirst("\"p50\" :", "\"p51\" :"));
        Kept kept = files.find(key());
        assertThat(kept.runs()).hasSize(1);
        assertThat(kept.troubles())
                .hasSize(4)
                .allSatisfy(d -> assertThat(d.line()).contains("left as it is"))
                .extracting(d -> d.place().words())
                .containsExactly(half.toString(), newer.toString(), other.toString(), lacking.toString());
        assertThat(kept.troubles().get(1).line()).contains("a newer Lathe wrote it");
        assertThat(kept.troubles().get(3).line()).contains("'p50'");
        assertThat(List.of(half, newer, other, lacking))
                .as("nothing is taken away")
                .allMatch(Files::exists);
    }

    @Test
    void aSweepComesBackAndGoesOnWhereItWas() throws Exception {
        SweepAxes axes = new SweepAxes(Map.of("batch", List.of(1L, 2L, 4L)), List.of());
        List<SweepPoint> points = axes.points(plan().dims(), 2, 1);
        Duration ms = Duration.ofMillis(3);
        SweepState sweep = new SweepState(
                Attempt.NONE,
                source.model().orElseThrow(),
                axes,
                plan(),
                points,
                List.of(
                        new SweepResult.Measured(points.get(0), 20, ms, ms, 300, 1 << 20),
                        new SweepResult.Measured(points.get(1), 20, ms, ms, 320, 1 << 20)),
                Optional.of(1L << 30),
                SweepState.Phase.PAUSED);
        files.keep(key(), source, sweep);
        files.keep(key(), source, sweep);
        assertThat(written()).as("the newest of a variant").hasSize(1);
        SweepState back = files.find(key())
                .sweeps()
                .getFirst()
                .of(new Attempt(5), source.model().orElseThrow(), Optional.of(TinyModel.CPU));
        assertThat(back.points()).isEqualTo(points);
        assertThat(back.results()).isEqualTo(sweep.results());
        assertThat(back.limit()).contains(1L << 30);
        assertThat(back.axes()).isEqualTo(axes);
        assertThat(back.plan()).isEqualTo(plan());
        assertThat(back.phase()).isEqualTo(SweepState.Phase.PAUSED);
    }

    @Test
    void theOldestRunsGoWhenThereAreTooMany() throws Exception {
        for (int i = 0; i < 50; i++) {
            files.keep(key(), source, run());
        }
        assertThat(files.find(key()).runs()).hasSize(48);
    }

    @Test
    void layersOfTheSameNameKeepTheirOrder() throws Exception {
        files.keep(key(), source, run());
        Model model = source.model().orElseThrow();
        assertThat(files.find(key())
                        .runs()
                        .getFirst()
                        .of(model.graph(), Optional.empty())
                        .layers()
                        .keySet())
                .containsExactlyInAnyOrderElementsOf(
                        model.graph().nodes().stream().map(Node::id).toList());
    }
}
