package dev.lathe.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.io.WeightPlacement;
import dev.lathe.graph.io.WeightPlacement.Division;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.Session;
import dev.lathe.profile.engine.SessionConfig;
import dev.lathe.profile.worker.WorkerLaunch;
import dev.lathe.profile.worker.WorkerRunner;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Wherever a model's weights lie, ONNX Runtime loads it and gives the same outputs, bit for bit.
class WeightPlacementOutputsTest {
    private static final Device CPU =
            new Device("cpu", "CPU", DeviceKind.CPU, List.of(0), OptionalLong.empty(), List.of());

    @TempDir
    private Path folder;

    @Test
    void everyPlacementLoadsAndGivesTheSameOutputs() throws IOException, LatheException {
        Path source = folder.resolve("minilm.onnx");
        try (InputStream in = getClass().getResourceAsStream("/all-minilm-l6-v2.onnx")) {
            Files.copy(in, source);
        }
        Model model = Formats.open(source, JobContext.quiet());
        Analysis analysis = Analysis.of(model, DefaultDims.choose(model), JobContext.quiet());
        Map<String, HostTensor> inputs = InputGenerator.generate(model, analysis, 1);
        Map<String, WeightPlacement> all = new TreeMap<>(Map.of(
                "inline", WeightPlacement.inline(),
                "one-file", WeightPlacement.external(new Division.OneFile()),
                "every-tensor", new WeightPlacement.External(0, new Division.OneFile()),
                "per-tensor", WeightPlacement.external(new Division.PerTensor()),
                "files-of-30-mb", WeightPlacement.external(new Division.AtMost(30_000_000))));
        try (WorkerRunner runner = new WorkerRunner(WorkerLaunch.ofThisProcess())) {
            Map<String, Integer> expected = outputs(runner, source, inputs);
            Path before = source;
            for (Map.Entry<String, WeightPlacement> e : all.entrySet()) {
                // From one to the next, so that external weights are read, too.
                Path after = Files.createDirectory(folder.resolve(e.getKey())).resolve("m.onnx");
                Formats.export(Formats.open(before, JobContext.quiet()), after, e.getValue(), JobContext.quiet());
                assertThat(outputs(runner, after, inputs)).as(e.getKey()).isEqualTo(expected);
                before = after;
            }
        }
        try (Stream<Path> files = Files.list(folder.resolve("per-tensor"))) {
            assertThat(files.count()).isGreaterThan(50);
        }
        try (Stream<Path> files = Files.list(folder.resolve("files-of-30-mb"))) {
            assertThat(files.count()).isGreaterThan(3);
        }
    }

    private static Map<String, Integer> outputs(WorkerRunner runner, Path model, Map<String, HostTensor> inputs)
            throws LatheException {
        RunTarget target = new RunTarget("onnxruntime", CPU, 1);
        Map<String, Integer> hashes = new TreeMap<>();
        try (Session session = runner.open(model, target, SessionConfig.of(1), JobContext.quiet())) {
            session.run(inputs)
                    .forEach((name, t) ->
                            hashes.put(name, Arrays.hashCode(t.bytes().toArray(ValueLayout.JAVA_BYTE))));
        }
        assertThat(hashes).isNotEmpty();
        return hashes;
    }
}
