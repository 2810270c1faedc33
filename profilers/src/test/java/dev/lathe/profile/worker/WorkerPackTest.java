package dev.lathe.profile.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.graph.text.GraphText;
import dev.lathe.profile.engine.EngineCatalog;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.Session;
import dev.lathe.profile.engine.SessionConfig;
import dev.lathe.profile.engine.ort.OrtNatives;
import dev.lathe.profile.pack.KnownPacks;
import dev.lathe.profile.pack.Packs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A worker is never started with a pack that cannot serve, and one that turns out so is told as that.
class WorkerPackTest {
    private static final Device CPU =
            new Device("cpu", "CPU", DeviceKind.CPU, List.of(), OptionalLong.empty(), List.of());

    @TempDir
    Path folder = Path.of("");

    private Path model = Path.of("");

    @BeforeEach
    void model() throws Exception {
        model = folder.resolve("small.onnx");
        Formats.export(GraphText.parse("""
                model "ONNX" ir=8
                opset "" 17
                graph g (x: float32[4, 4]) -> (y: float32[4, 4]) {
                  y = MatMul(x, x) as square
                }
                """), model, JobContext.quiet());
    }

    private WorkerLaunch launch() {
        return launch(WorkerLaunch.ofThisProcess().java());
    }

    private WorkerLaunch launch(Path java) {
        WorkerLaunch plain = WorkerLaunch.ofThisProcess();
        Packs packs = new Packs(folder.resolve("packs"), OrtNatives.platform(), OrtNatives.VERSION, KnownPacks.all());
        return new WorkerLaunch(java, plain.classPath(), plain.options(), packs);
    }

    /// A pack whose library is these words.
    private void pack(String version, String library) throws IOException {
        Path pack = Files.createDirectories(folder.resolve("packs").resolve("webgpu"));
        String name = System.mapLibraryName("onnxruntime");
        Files.writeString(pack.resolve(name), library);
        Files.writeString(
                pack.resolve("pack.json"), """
                {"format": 1, "id": "webgpu", "title": "WebGPU", "runtimeVersion": "%s", "platform": "%s",
                 "providers": ["webgpu"], "origin": "", "sourceSha256": "",
                 "files": {"%s": {"bytes": %d, "sha256": ""}}}
                """.formatted(version, OrtNatives.platform(), name, library.length()));
    }

    /// Without a Java to start it with, whoever starts a worker is told something else.
    private Diagnostic refusedBeforeStart() {
        return refused(EngineCatalog.DEFAULT, launch(folder.resolve("no-java")));
    }

    private Diagnostic refused(String engine, WorkerLaunch launch) {
        RunTarget target = new RunTarget(engine, SecondDevice.WEBGPU, 1);
        try (WorkerRunner runner = new WorkerRunner(launch)) {
            return catchThrowableOfType(
                            LatheException.class,
                            () -> runner.open(model, target, SessionConfig.of(1), JobContext.quiet()))
                    .diagnostic();
        }
    }

    @Test
    void aDeviceWithoutItsPackSaysHowToAddIt() {
        assertThat(refusedBeforeStart().line()).contains("lathe packs add webgpu");
    }

    @Test
    void aPackOfAnotherVersionIsFoundBeforeAnyWorkerStarts() throws Exception {
        pack("1.18.0", "whatever");
        assertThat(refusedBeforeStart().message()).contains("1.18.0", OrtNatives.VERSION);
    }

    @Test
    void aLibraryThatIsNotWhatItsPackSaysIsToldAndTheNextRunWorks() throws Exception {
        pack(OrtNatives.VERSION, "no library at all");
        Diagnostic d = refused(EngineCatalog.DEFAULT, launch());
        assertThat(d.code()).isEqualTo("engine-natives");
        assertThat(d.line()).contains(folder.resolve("packs").toString(), "lathe packs list");
        try (WorkerRunner runner = new WorkerRunner(launch());
                Session session = runner.open(
                        model, new RunTarget(EngineCatalog.DEFAULT, CPU, 1), SessionConfig.of(1), JobContext.quiet())) {
            assertThat(session.outputs()).hasSize(1);
        }
    }

    @Test
    void anEngineThatHasNoSuchDeviceSaysSo() throws Exception {
        pack(OrtNatives.VERSION, "whatever");
        assertThat(refused("djl-onnxruntime", launch()).line()).contains("djl-onnxruntime", "webgpu:0");
    }
}
