package dev.lathe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lathe.core.JobContext;
import dev.lathe.core.Quantity;
import dev.lathe.core.Unit;
import dev.lathe.graph.DType;
import dev.lathe.graph.Model;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.graph.text.GraphText;
import dev.lathe.profile.LayerRuns;
import dev.lathe.profile.MemoryStats;
import dev.lathe.profile.OpStats;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.Statistics;
import dev.lathe.profile.ceiling.Ceiling;
import dev.lathe.profile.ceiling.CeilingFiles;
import dev.lathe.profile.ceiling.CeilingSetup;
import dev.lathe.profile.ceiling.Ceilings;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.SessionConfig;
import dev.lathe.report.LayerRow;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRoofTest {
    /// A product of 2 · 512³ FLOP and an elementwise layer over 2 · 1 MiB.
    private static final String MODEL = """
            model "test" ir=8
            opset "" 17
            graph g (x: float32[512, 512]) -> (y: float32[512, 512]) {
              h = MatMul(x, x) as product
              y = Relu(h) as bend
            }
            """;

    @TempDir
    Path folder;

    @Test
    void aRunIsComparedWithTheCeilingsOfItsDeviceAndThreads() throws Exception {
        CeilingFiles files = new CeilingFiles(folder);
        files.write(ceilings(2));
        Analysis analysis = analysis();
        ProfileRun run = run(analysis.model(), 2, false);
        RunRoof roof = RunRoof.of(analysis, run, files);
        double product = 2.0 * 512 * 512 * 512 / 1e11;
        double bend = 2.0 * 4 * 512 * 512 / 1e10;
        assertThat(share(roof, analysis, run, "product")).isCloseTo(product / 4e-3, within(1e-4));
        assertThat(share(roof, analysis, run, "bend")).isCloseTo(bend / 1e-3, within(1e-4));
        assertThat(roof.line()).contains("2.69 ms").contains("54 %").endsWith(System.lineSeparator());
        Map<String, @Nullable Object> j = new HashMap<>();
        roof.tell(j);
        assertThat(j.get("roofline")).asString().contains("leastMs=2.68", "share=0.53");
        assertThat(j.get("ceilings")).asString().contains("threads=2", "B/s");
    }

    @Test
    void aLayerThatSharesAKernelNeedNotMoveItsTensors() throws Exception {
        CeilingFiles files = new CeilingFiles(folder);
        files.write(ceilings(2));
        Analysis analysis = analysis();
        ProfileRun run = run(analysis.model(), 2, true);
        RunRoof roof = RunRoof.of(analysis, run, files);
        assertThat(share(roof, analysis, run, "bend")).isLessThan(0.01);
    }

    @Test
    void withoutCeilingsForTheseThreadsNothingIsSaid() throws Exception {
        CeilingFiles files = new CeilingFiles(folder);
        files.write(ceilings(2));
        Analysis analysis = analysis();
        ProfileRun run = run(analysis.model(), 1, false);
        RunRoof roof = RunRoof.of(analysis, run, files);
        assertThat(roof.line()).isEmpty();
        assertThat(LayerRow.of(analysis, Optional.of(run)))
                .allSatisfy(row -> assertThat(roof.share(row)).isEmpty());
        Map<String, @Nullable Object> j = new HashMap<>();
        roof.tell(j);
        assertThat(j).containsEntry("roofline", null).containsEntry("ceilings", null);
    }

    private static Analysis analysis() throws Exception {
        return Analysis.of(GraphText.parse(MODEL), DimBindings.NONE, JobContext.quiet());
    }

    private static double share(RunRoof roof, Analysis analysis, ProfileRun run, String name) {
        return LayerRow.of(analysis, Optional.of(run)).stream()
                .filter(r -> r.node().name().equals(name))
                .findFirst()
                .flatMap(roof::share)
                .orElseThrow();
    }

    private static RunTarget target(int threads) {
        return new RunTarget(
                "onnxruntime",
                new Device("cpu", "Some processor", DeviceKind.CPU, List.of(0, 1), OptionalLong.empty(), List.of()),
                threads);
    }

    /// 10 GB/s and 100 GFLOP/s.
    private static Ceilings ceilings(int threads) {
        return new Ceilings(
                CeilingSetup.of(target(threads)),
                Instant.EPOCH,
                reached(1e10, Unit.BYTES_PER_SECOND),
                Map.of(DType.FLOAT32, reached(1e11, Unit.FLOP_PER_SECOND)));
    }

    private static Ceiling reached(double best, Unit unit) {
        return new Ceiling.Reached(Quantity.of(best, unit), Quantity.of(best, unit), 9);
    }

    /// 5 ms: 4 of the product, 1 of the other.
    private static ProfileRun run(Model model, int threads, boolean shared) {
        Map<NodeId, OpStats> layers = new HashMap<>();
        model.graph().nodes().forEach(n -> {
            Duration took = Duration.ofMillis(n.name().equals("product") ? 4 : 1);
            layers.put(n.id(), new OpStats(took, took, took, 0.5, "CPU", List.of(n.name()), shared, 9));
        });
        return new ProfileRun(
                Instant.EPOCH,
                new ProfilePlan(target(threads), SessionConfig.USUAL, 1, 9, 1, DimBindings.NONE, 10),
                Statistics.latency(new long[] {5_000_000, 5_000_000, 5_000_000}),
                200,
                layers,
                Duration.ofMillis(5),
                Duration.ZERO,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                new MemoryStats(0, 0, OptionalLong.empty(), OptionalLong.empty()),
                List.of(),
                List.of(),
                LayerRuns.NONE,
                List.of());
    }
}
