package dev.lathe.graph.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Severity;
import dev.lathe.graph.Editor;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Shape;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.io.onnx.TensorFile;
import dev.lathe.graph.io.onnx.WireDump;
import dev.lathe.graph.verify.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The standard's own test models: each opens, keeps the standard's rules, comes out as it went in, and what inference
/// finds out about its outputs is held against what it declares. The declarations are taken away first; where a shape
/// depends on the content of an input (the sizes of a Reshape, the condition of a Compress), the stored input of
/// the test is known, as a weight would be.
class StandardModelsTest {
    /// Floats steer shapes as scales and ranges only; images are not held to be known.
    private static final int STEERING_FLOATS = 16;

    /// One output: what the model declares and what was inferred.
    private record Output(String model, String name, ValueType declared, ValueType inferred, Fit fit) {
        String key() {
            return Exceptions.key(model, name);
        }
    }

    @TempDir
    private static Path folder;

    private static final Set<String> MODELS = new TreeSet<>();
    private static final Set<String> OPERATORS = new TreeSet<>();
    private static final List<Output> OUTPUTS = new ArrayList<>();
    private static final List<String> REMARKS = new ArrayList<>();
    private static final List<String> ERRORS = new ArrayList<>();
    private static final List<String> CHANGED = new ArrayList<>();
    private static final List<String> OTHER_THAN_STORED = new ArrayList<>();
    private static int stored;

    @BeforeAll
    static void openVerifyExportAndInferAll() throws IOException, LatheException {
        for (Path file : StandardTestData.models()) {
            String name = StandardTestData.name(file);
            Model model = Formats.open(file, JobContext.quiet());
            MODELS.add(name);
            operators(model);
            verify(name, model);
            roundTrip(name, file, model);
            infer(name, file, model);
        }
        System.out.print(table());
    }

    private static void operators(Model model) {
        Consumer<Graph> look = g -> g.nodes().forEach(n -> OPERATORS.add(n.qualifiedOp()));
        model.graph().forEachGraph(look);
        model.functions().forEach(f -> f.body().forEachGraph(look));
    }

    private static void verify(String name, Model model) {
        Analysis analysis = Analysis.of(model, DimBindings.NONE, JobContext.quiet());
        for (Diagnostic d : Verifier.of(analysis, JobContext.quiet())) {
            if (d.severity() == Severity.ERROR) {
                ERRORS.add(name + ": " + d.line());
            }
        }
    }

    private static void roundTrip(String name, Path file, Model model) throws IOException, LatheException {
        Path out = folder.resolve("out.onnx");
        Formats.export(model, out, JobContext.quiet());
        if (!WireDump.of(out).equals(WireDump.of(file))) {
            CHANGED.add(name);
        }
    }

    private static void infer(String name, Path file, Model model) throws LatheException {
        Analysis analysis = Analysis.of(bare(model, file), DimBindings.NONE, JobContext.quiet());
        // The branch for other ranks need not fit.
        analysis.inference().diagnostics().stream()
                .filter(d -> d.severity() != Severity.INFO)
                .forEach(d -> REMARKS.add(name + ": " + d.line()));
        compareWithStored(name, file, model.graph(), analysis);
        for (ValueId out : model.graph().outputs()) {
            ValueType declared = model.graph().value(out).orElseThrow().declared();
            ValueType inferred = analysis.type(out);
            OUTPUTS.add(new Output(name, model.graph().nameOf(out), declared, inferred, Fit.of(declared, inferred)));
        }
    }

    /// What ran once had sizes; the inferred ones must be these.
    private static void compareWithStored(String name, Path file, Graph graph, Analysis analysis)
            throws LatheException {
        for (int i = 0; i < graph.outputs().size(); i++) {
            ValueId output = graph.outputs().get(i);
            Optional<Tensor> content = storedTensor(file, graph, output, "output_" + i);
            if (content.isPresent() && analysis.type(output) instanceof ValueType.TensorType inferred) {
                stored++;
                // Of the shape alone: bfloat16 and the small floats are stored as integers in some of the data.
                ValueType ran = new ValueType.TensorType(
                        inferred.dtype(),
                        Shape.of(content.get().dims().stream()
                                .mapToLong(Long::longValue)
                                .toArray()));
                if (Fit.of(ran, inferred) == Fit.CONTRADICTS) {
                    OTHER_THAN_STORED.add(name + ": " + graph.nameOf(output) + " is " + inferred + ", not " + ran);
                }
            }
        }
    }

    private static String table() {
        return """
                | the standard's test models | |
                |---|---|
                | operators | %,d |
                | models | %,d |
                | verified without an error | %,d |
                | exported as they came in, field by field | %,d |
                | outputs | %,d |
                | inferred type equal to the declared one | %,d |
                | inferred type says more | %,d |
                | inferred type says less | %,d |
                | inferred type contradicts | %,d |
                | stored outputs | %,d |
                | inferred type contradicts the stored output | %,d |
                """.formatted(
                        OPERATORS.size(),
                        MODELS.size(),
                        MODELS.size() - ERRORS.size(),
                        MODELS.size() - CHANGED.size(),
                        OUTPUTS.size(),
                        count(Fit.EQUAL),
                        count(Fit.MORE),
                        count(Fit.LESS),
                        count(Fit.CONTRADICTS),
                        stored,
                        OTHER_THAN_STORED.size());
    }

    private static long count(Fit fit) {
        return OUTPUTS.stream().filter(o -> o.fit() == fit).count();
    }

    @Test
    void theVerifierFindsNoErrorInAnyOfThem() {
        assertThat(ERRORS).isEmpty();
    }

    @Test
    void everyOneComesOutAsItWentIn() {
        assertThat(CHANGED).isEmpty();
    }

    @Test
    void nothingThatIsInferredContradictsTheDeclaration() {
        assertThat(REMARKS).isEmpty();
        assertThat(OUTPUTS).filteredOn(o -> o.fit() == Fit.CONTRADICTS).isEmpty();
    }

    @Test
    void nothingThatIsInferredContradictsWhatTheModelGaveWhenItRan() {
        assertThat(stored).isGreaterThan(OUTPUTS.size() / 2);
        assertThat(OTHER_THAN_STORED).isEmpty();
    }

    @Test
    void everyOutputIsKnownAsWellAsDeclaredButForListedOnes() throws IOException {
        List<String> less = OUTPUTS.stream()
                .filter(o -> o.fit() == Fit.LESS)
                .map(Output::key)
                .toList();
        Exceptions.read("outputs.exceptions").check(less, MODELS);
        assertThat(less.size()).isLessThanOrEqualTo(OUTPUTS.size() / 100);
    }

    /// The model without declared types, the stored inputs that may steer shapes known.
    private static Model bare(Model model, Path file) throws LatheException {
        Graph graph = model.graph();
        Editor editor = graph.edit(model.newIds());
        Set<ValueId> inputs = new HashSet<>(graph.inputs());
        graph.values().forEach(v -> {
            if (!inputs.contains(v.id())) {
                editor.declare(v.id(), ValueType.unknown());
            }
        });
        List<ValueId> given = graph.inputs().stream()
                .filter(i -> graph.initializer(i).isEmpty())
                .toList();
        List<ValueId> open = new ArrayList<>(graph.inputs());
        for (int i = 0; i < given.size(); i++) {
            Optional<Tensor> content = stored(file, graph, given.get(i), i);
            if (content.isPresent()) {
                editor.setInitializer(given.get(i), content.get());
                open.remove(given.get(i));
            }
        }
        editor.setInputs(open);
        return model.withGraph(editor.commit());
    }

    private static Optional<Tensor> stored(Path file, Graph graph, ValueId input, int index) throws LatheException {
        // bfloat16 is stored as uint16 in some of the data.
        return storedTensor(file, graph, input, "input_" + index)
                .filter(t -> !t.dtype().isFloat() || t.elements() <= STEERING_FLOATS)
                .filter(t -> graph.value(input).orElseThrow().declared().dtype().equals(Optional.of(t.dtype())));
    }

    private static Optional<Tensor> storedTensor(Path file, Graph graph, ValueId value, String name)
            throws LatheException {
        Path data = file.resolveSibling("test_data_set_0/" + name + ".pb");
        // Lists and optional values are stored as other messages.
        boolean tensor = graph.value(value).orElseThrow().declared() instanceof ValueType.TensorType;
        return tensor && Files.exists(data)
                ? Optional.of(TensorFile.read(data, JobContext.quiet()).tensor())
                : Optional.empty();
    }
}
