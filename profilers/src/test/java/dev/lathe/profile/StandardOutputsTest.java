package dev.lathe.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.DType;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.data.Weights;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.io.onnx.TensorFile;
import dev.lathe.graph.op.OpCatalog;
import dev.lathe.graph.op.Trait;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.Session;
import dev.lathe.profile.engine.SessionConfig;
import dev.lathe.profile.worker.WorkerLaunch;
import dev.lathe.profile.worker.WorkerRunner;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The standard's own test models in ONNX Runtime, as they are and after having gone through Lathe: what loads before
/// loads after, and gives the same outputs, bit by bit, on the stored inputs. Every session is a process of its own, so
/// this takes many minutes for all models (`-Pconformance`); otherwise it looks at every 16th.
class StandardOutputsTest {
    private static final Path DATA = Path.of("/usr/share/libonnx-testdata/data");
    private static final Device CPU =
            new Device("cpu", "CPU", DeviceKind.CPU, List.of(0), OptionalLong.empty(), List.of());

    @TempDir
    private Path folder;

    @Test
    void whatLoadsBeforeLoadsAfterAndGivesTheSame() throws IOException, LatheException {
        Assumptions.assumeTrue(
                Files.isDirectory(DATA),
                "the standard's test data is not on this machine (Debian: apt-get install libonnx-testdata)");
        List<Path> all;
        try (Stream<Path> files = Files.walk(DATA)) {
            all = files.filter(f -> f.endsWith("model.onnx")).sorted().toList();
        }
        int step = Integer.getInteger("lathe.conformance", 16);
        List<Path> models = IntStream.iterate(0, i -> i < all.size(), i -> i + step)
                .mapToObj(all::get)
                .toList();
        int loaded = 0;
        int compared = 0;
        Path after = folder.resolve("after.onnx");
        try (WorkerRunner runner = new WorkerRunner(WorkerLaunch.ofThisProcess())) {
            for (Path before : models) {
                Optional<Map<String, HostTensor>> inputs = stored(before);
                Optional<Map<String, HostTensor>> expected;
                try {
                    expected = outputs(runner, before, inputs);
                } catch (LatheException refused) {
                    continue;
                }
                loaded++;
                Formats.export(Formats.open(before, JobContext.quiet()), after, JobContext.quiet());
                Optional<Map<String, HostTensor>> found = outputs(runner, after, inputs);
                compared += expected.isPresent() ? 1 : 0;
                boolean random = isRandom(before);
                assertThat(found.map(o -> text(o, random)))
                        .as(before.toString())
                        .isEqualTo(expected.map(o -> text(o, random)));
            }
        }
        System.out.println("the standard's test models: " + models.size() + ", of which ONNX Runtime loads " + loaded
                + "; outputs compared of " + compared);
        assertThat(compared).isGreaterThan(models.size() * 8 / 10);
    }

    /// Loads the model and, when its inputs are known, runs it. @throws LatheException when it does not load
    private static Optional<Map<String, HostTensor>> outputs(
            WorkerRunner runner, Path model, Optional<Map<String, HostTensor>> inputs) throws LatheException {
        RunTarget target = new RunTarget("onnxruntime", CPU, 1);
        try (Session session = runner.open(model, target, SessionConfig.of(1), JobContext.quiet())) {
            if (inputs.isEmpty()) {
                return Optional.empty();
            }
            try {
                return Optional.of(session.run(inputs.get()));
            } catch (LatheException refused) {
                // Some of the stored inputs are refused; then they must be refused afterwards too.
                return Optional.of(Map.of());
            }
        }
    }

    /// The stored inputs of the first data set; nothing when one of them is a list, an optional or missing.
    private static Optional<Map<String, HostTensor>> stored(Path model) throws LatheException {
        Graph graph = Formats.open(model, JobContext.quiet()).graph();
        Map<String, HostTensor> inputs = new LinkedHashMap<>();
        for (ValueId id : graph.inputs()) {
            if (graph.initializer(id).isPresent()) {
                continue;
            }
            Path data = model.resolveSibling("test_data_set_0/input_" + inputs.size() + ".pb");
            ValueType type = graph.value(id).orElseThrow().declared();
            if (!(type instanceof ValueType.TensorType) || !Files.exists(data)) {
                return Optional.empty();
            }
            Tensor content = TensorFile.read(data, JobContext.quiet()).tensor();
            // bfloat16 is stored as uint16 in some of the data.
            inputs.put(graph.nameOf(id), host(content, type.dtype().orElse(content.dtype())));
        }
        return Optional.of(inputs);
    }

    private static HostTensor host(Tensor t, DType dtype) {
        return t.data() instanceof Weights.Strings(List<String> words)
                ? new HostTensor(DType.STRING, t.dims(), MemorySegment.NULL, words)
                : HostTensor.of(dtype, t.dims(), t.data().bytes());
    }

    /// Two runs of such a model differ.
    private static boolean isRandom(Path file) throws LatheException {
        Model model = Formats.open(file, JobContext.quiet());
        boolean[] random = {false};
        Consumer<Graph> look = g -> g.nodes()
                .forEach(n -> random[0] |= OpCatalog.standard()
                        .find(n)
                        .filter(o -> o.is(Trait.RANDOM))
                        .isPresent());
        model.graph().forEachGraph(look);
        model.functions().forEach(f -> f.body().forEachGraph(look));
        return random[0];
    }

    private static String text(Map<String, HostTensor> outputs, boolean shapesOnly) {
        StringBuilder all = new StringBuilder();
        outputs.forEach((name, t) -> {
            all.append(name).append(t.dtype()).append(t.dims());
            if (!shapesOnly) {
                all.append(t.strings()).append(Arrays.hashCode(t.bytes().toArray(ValueLayout.JAVA_BYTE)));
            }
            all.append('\n');
        });
        return all.toString();
    }
}
