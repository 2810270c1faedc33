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
import dev.lathe.graph.io.WeightPlacement;
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
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The standard's own test models in ONNX Runtime, as they are and after having gone through Lathe: what loads before
/// loads after, and gives the same outputs, bit by bit, on the stored inputs. Which of them ONNX Runtime does not take
/// is listed with the reason in [#EXCEPTIONS]. Every session is a process of its own, so this takes many minutes for
/// all models (`-Pconformance`); otherwise it looks at every 16th.
class StandardOutputsTest {
    private static final Path DATA = Path.of("/usr/share/libonnx-testdata/data");
    private static final String EXCEPTIONS = "standard-outputs.exceptions";
    private static final Device CPU =
            new Device("cpu", "CPU", DeviceKind.CPU, List.of(0), OptionalLong.empty(), List.of());

    /// How far a model comes, the file as it is and the one that we wrote alike.
    private enum Outcome {
        COMPARED,
        /// It loads; its stored inputs are refused.
        REFUSED,
        /// It loads; its inputs or outputs are lists.
        NO_TENSORS,
        NOT_LOADED
    }

    @TempDir
    private Path folder;

    @Test
    void whatLoadsBeforeLoadsAfterAndGivesTheSame() throws Exception {
        compare(every(Integer.getInteger("lathe.conformance", 16), all()), WeightPlacement.keep());
    }

    @Test
    void soItDoesWithAllWeightsOutsideThatMayLieThere() throws Exception {
        WeightPlacement outside = new WeightPlacement.External(0, new WeightPlacement.Division.OneFile());
        List<Path> withWeights = new ArrayList<>();
        for (Path model : all()) {
            Path after = folder.resolve("outside.onnx");
            Formats.export(Formats.open(model, JobContext.quiet()), after, outside, JobContext.quiet());
            if (Files.deleteIfExists(folder.resolve("outside.onnx.data"))) {
                withWeights.add(model);
            }
        }
        compare(every(Math.min(4, Integer.getInteger("lathe.conformance", 16)), withWeights), outside);
    }

    private void compare(List<Path> models, WeightPlacement weights) throws Exception {
        Map<Outcome, Integer> table = Collections.synchronizedMap(new EnumMap<>(Outcome.class));
        Map<String, Set<Outcome>> exceptions = exceptions();
        List<String> unexpected = new CopyOnWriteArrayList<>();
        Queue<Path> left = new ConcurrentLinkedQueue<>(models);
        // Most of the time goes into starting processes, each of which keeps one processor busy.
        List<Callable<Boolean>> sides = IntStream.range(0, Runtime.getRuntime().availableProcessors())
                .mapToObj(side -> (Callable<Boolean>) () -> {
                    Path after = Files.createTempDirectory(folder, "side").resolve("after.onnx");
                    try (WorkerRunner runner = new WorkerRunner(WorkerLaunch.ofThisProcess())) {
                        for (Path model = left.poll(); model != null; model = left.poll()) {
                            String name = DATA.relativize(model.getParent()).toString();
                            StringBuilder why = new StringBuilder();
                            Outcome found = outcome(runner, model, after, weights, why);
                            table.merge(found, 1, Integer::sum);
                            Set<Outcome> expected = exceptions.getOrDefault(name, Set.of(Outcome.COMPARED));
                            if (!expected.contains(found)) {
                                unexpected.add(name + " | " + found + " | " + why + " (listed: " + expected + ")");
                            }
                        }
                    }
                    return true;
                })
                .toList();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            for (Future<Boolean> end : threads.invokeAll(sides)) {
                assertThat(end.get()).isTrue();
            }
        }
        System.out.println("the standard's test models in ONNX Runtime before and after export: " + models.size()
                + ", all alike: " + table);
        assertThat(table.values().stream().mapToInt(i -> i).sum()).isEqualTo(models.size());
        assertThat(unexpected).as("what differs from " + EXCEPTIONS).isEmpty();
    }

    private static List<Path> all() throws IOException {
        Assumptions.assumeTrue(
                Files.isDirectory(DATA),
                "the standard's test data is not on this machine (Debian: apt-get install libonnx-testdata)");
        try (Stream<Path> files = Files.walk(DATA)) {
            return files.filter(f -> f.endsWith("model.onnx")).sorted().toList();
        }
    }

    private static List<Path> every(int step, List<Path> all) {
        return IntStream.iterate(0, i -> i < all.size(), i -> i + step)
                .mapToObj(all::get)
                .toList();
    }

    /// Lines of `model | outcome | reason`; two outcomes where it depends on the machine.
    private static Map<String, Set<Outcome>> exceptions() throws IOException {
        Map<String, Set<Outcome>> listed = new HashMap<>();
        try (InputStream in = StandardOutputsTest.class.getResourceAsStream(EXCEPTIONS)) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(l -> !l.isBlank() && !l.startsWith("#"))
                    .map(l -> l.split(" \\| ", 3))
                    .forEach(l -> listed.put(
                            l[0],
                            Arrays.stream(l[1].split("/")).map(Outcome::valueOf).collect(Collectors.toSet())));
        }
        return listed;
    }

    private static Outcome outcome(
            WorkerRunner runner, Path before, Path after, WeightPlacement weights, StringBuilder why)
            throws LatheException {
        Optional<Map<String, HostTensor>> inputs = stored(before);
        Optional<Map<String, HostTensor>> expected;
        try {
            expected = outputs(runner, before, inputs, why);
        } catch (LatheException refused) {
            why.append(refused.getMessage());
            return Outcome.NOT_LOADED;
        }
        Formats.export(Formats.open(before, JobContext.quiet()), after, weights, JobContext.quiet());
        Optional<Map<String, HostTensor>> found = outputs(runner, after, inputs, why);
        boolean random = isRandom(before);
        assertThat(found.map(o -> text(o, random))).as(before.toString()).isEqualTo(expected.map(o -> text(o, random)));
        if (!why.isEmpty()) {
            return Outcome.REFUSED;
        }
        return expected.filter(o -> !o.isEmpty()).isPresent() ? Outcome.COMPARED : Outcome.NO_TENSORS;
    }

    /// Loads the model and, when its inputs are known, runs it; no outputs where the inputs are refused, which must
    /// then be so afterwards too.
    ///
    /// @throws LatheException when it does not load
    private static Optional<Map<String, HostTensor>> outputs(
            WorkerRunner runner, Path model, Optional<Map<String, HostTensor>> inputs, StringBuilder why)
            throws LatheException {
        RunTarget target = new RunTarget("onnxruntime", CPU, 1);
        try (Session session = runner.open(model, target, SessionConfig.of(1), JobContext.quiet())) {
            if (inputs.isEmpty()) {
                return Optional.empty();
            }
            try {
                return Optional.of(session.run(inputs.get()));
            } catch (LatheException refused) {
                why.append(refused.getMessage());
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
