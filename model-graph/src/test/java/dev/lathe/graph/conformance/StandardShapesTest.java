package dev.lathe.graph.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Editor;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.io.onnx.TensorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What inference finds out about the outputs of the standard's own test models, held against what these declare.
/// The declarations are taken away first. Where a shape depends on the content of an input (the sizes of a Reshape,
/// the condition of a Compress), the stored input of the test is known, as a weight would be.
class StandardShapesTest {
    /// Floats steer shapes as scales and ranges only; images are not held to be known.
    private static final int STEERING_FLOATS = 16;

    /// One output: what the model declares and what was inferred.
    private record Output(String model, String name, ValueType declared, ValueType inferred, Fit fit) {}

    private static final List<Output> OUTPUTS = new ArrayList<>();

    @BeforeAll
    static void inferAll() throws IOException, LatheException {
        for (Path file : StandardTestData.models()) {
            Model model = Formats.open(file, JobContext.quiet());
            Analysis analysis = Analysis.of(bare(model, file), DimBindings.NONE, JobContext.quiet());
            assertThat(analysis.inference().diagnostics()).as(file.toString()).isEmpty();
            for (ValueId out : model.graph().outputs()) {
                ValueType declared = model.graph().value(out).orElseThrow().declared();
                ValueType inferred = analysis.type(out);
                OUTPUTS.add(new Output(
                        StandardTestData.name(file),
                        model.graph().nameOf(out),
                        declared,
                        inferred,
                        Fit.of(declared, inferred)));
            }
        }
        Map<Fit, Long> table = OUTPUTS.stream().collect(Collectors.groupingBy(Output::fit, Collectors.counting()));
        System.out.println("outputs of the standard's test models: " + OUTPUTS.size() + ", " + table);
        OUTPUTS.stream().filter(o -> o.fit() == Fit.LESS).forEach(o -> System.out.println("less is known of " + o));
    }

    @Test
    void nothingThatIsInferredContradictsTheDeclaration() {
        assertThat(OUTPUTS).filteredOn(o -> o.fit() == Fit.CONTRADICTS).isEmpty();
    }

    @Test
    void atLeastNinetyNineOfAHundredOutputsAreKnownAsWellAsDeclared() {
        long known = OUTPUTS.stream()
                .filter(o -> o.fit() == Fit.EQUAL || o.fit() == Fit.MORE)
                .count();
        assertThat(known).isGreaterThanOrEqualTo((long) Math.ceil(0.99 * OUTPUTS.size()));
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
        Path data = file.resolveSibling("test_data_set_0/input_" + index + ".pb");
        // Lists and optional values are stored as other messages.
        boolean tensor = graph.value(input).orElseThrow().declared() instanceof ValueType.TensorType;
        if (!tensor || !Files.exists(data)) {
            return Optional.empty();
        }
        Tensor content = TensorFile.read(data, JobContext.quiet()).tensor();
        boolean steers = !content.dtype().isFloat() || content.elements() <= STEERING_FLOATS;
        // bfloat16 is stored as uint16 in some of the data.
        boolean same = graph.value(input).orElseThrow().declared().dtype().equals(Optional.of(content.dtype()));
        return steers && same ? Optional.of(content) : Optional.empty();
    }
}
