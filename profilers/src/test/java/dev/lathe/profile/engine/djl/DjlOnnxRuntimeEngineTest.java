package dev.lathe.profile.engine.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.profile.InputGenerator;
import dev.lathe.profile.engine.Availability;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.Session;
import dev.lathe.profile.engine.SessionConfig;
import dev.lathe.profile.worker.WorkerLaunch;
import dev.lathe.profile.worker.WorkerRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DjlOnnxRuntimeEngineTest {
    private static final Device CPU =
            new Device("cpu", "CPU", DeviceKind.CPU, List.of(0), OptionalLong.empty(), List.of());

    @TempDir
    Path folder;

    @Test
    void itGivesTheSameOutputsAsTheRawRuntime() throws Exception {
        Path file = folder.resolve("minilm.onnx");
        try (var in = getClass().getResourceAsStream("/all-minilm-l6-v2.onnx")) {
            Files.copy(in, file);
        }
        Model model = Formats.open(file, JobContext.quiet());
        Map<String, HostTensor> inputs =
                InputGenerator.generate(model, Analysis.of(model, DimBindings.NONE, JobContext.quiet()), 5);
        try (WorkerRunner runner = new WorkerRunner(WorkerLaunch.ofThisProcess())) {
            Map<String, HostTensor> raw = run(runner, "onnxruntime", file, inputs);
            Map<String, HostTensor> djl = run(runner, "djl-onnxruntime", file, inputs);
            assertThat(djl.keySet()).isEqualTo(raw.keySet());
            djl.forEach((name, t) -> {
                assertThat(t.dtype()).isEqualTo(raw.get(name).dtype());
                assertThat(t.dims()).isEqualTo(raw.get(name).dims());
                assertThat(t.bytes().mismatch(raw.get(name).bytes())).isEqualTo(-1);
            });
        }
    }

    @Test
    void itSaysThatItIsReadyWithoutLoadingAnything() {
        assertThat(new DjlOnnxRuntimeEngine().availability()).isInstanceOf(Availability.Ready.class);
    }

    @Test
    void aModelThatIsBrokenIsRefusedInWords() throws Exception {
        Path file = folder.resolve("broken.onnx");
        Files.writeString(file, "no model at all");
        assertThatThrownBy(() -> new DjlOnnxRuntimeEngine().open(file, SessionConfig.of(1)))
                .isInstanceOf(LatheException.class);
    }

    private static Map<String, HostTensor> run(
            WorkerRunner runner, String engine, Path file, Map<String, HostTensor> inputs) throws LatheException {
        try (Session session =
                runner.open(file, new RunTarget(engine, CPU, 1), SessionConfig.of(1), JobContext.quiet())) {
            assertThat(session.inputs()).hasSize(3);
            session.run(inputs);
            return session.run(inputs);
        }
    }
}
