package dev.lathe.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Editor;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.io.Formats;
import dev.lathe.profile.engine.KernelEvent;
import dev.lathe.profile.engine.Session;
import dev.lathe.profile.engine.SessionConfig;
import dev.lathe.profile.engine.ort.OrtEngine;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whether inferred shapes are those that ONNX Runtime has when it runs the model: every output of every node that it
/// reports in its profile, with its own graph optimization off. `-Dlathe.table=true` prints what was compared.
class InferredShapesTest {
    private static final String PREFIX = "lathe-shapes-";
    private static final Pattern DIMS = Pattern.compile("\\[([-0-9, ]*)\\]");

    @TempDir
    Path folder;

    private int compared;
    private int known;
    private final List<String> wrong = new ArrayList<>();

    @Test
    void theTransformerOfTheTestsHasTheShapesThatTheRuntimeReports() throws Exception {
        Path file = folder.resolve("minilm.onnx");
        try (InputStream in = InferredShapesTest.class.getResourceAsStream("/all-minilm-l6-v2.onnx")) {
            Files.copy(in, file);
        }
        compare(file);
        assertThat(wrong).isEmpty();
        assertThat(known).isEqualTo(compared).isGreaterThan(300);
    }

    @Test
    void realModelsHaveTheShapesThatTheRuntimeReports() throws Exception {
        List<Path> files = SharedModels.onnx();
        assumeFalse(files.isEmpty(), "the folder of real models is not there");
        List<String> refused = new ArrayList<>();
        for (Path file : files) {
            try {
                compare(file);
            } catch (LatheException e) {
                refused.add(file.getFileName() + ": " + e.diagnostic().line());
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(refused)
                .as("models whose operators plain ONNX Runtime lacks")
                .hasSizeLessThanOrEqualTo(2);
        assertThat((double) known / compared).as("known of %d", compared).isGreaterThanOrEqualTo(0.99);
    }

    private void compare(Path file) throws Exception {
        Model model = Formats.open(file, JobContext.quiet());
        Analysis analysis = Analysis.of(model, DefaultDims.choose(model), JobContext.quiet());
        Map<String, Node> byName = new HashMap<>();
        Path named = folder.resolve("named.onnx");
        Formats.export(named(model, byName), named, JobContext.quiet());
        int before = compared;
        int knownBefore = known;
        SessionConfig config = new SessionConfig(1, SessionConfig.Level.NONE, Optional.empty(), true, Map.of());
        try (Session session = new OrtEngine().open(named, config)) {
            var inputs = InputGenerator.generate(model, analysis, 1);
            for (KernelEvent k : session.tracer().orElseThrow().trace(inputs).kernels()) {
                Optional.ofNullable(byName.get(k.node()))
                        .ifPresent(n -> compare(file.getFileName() + ": " + n.shownName(), n, k, analysis));
            }
        }
        if (Boolean.getBoolean("lathe.table")) {
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %d outputs | %d known |%n",
                    file.getFileName(),
                    compared - before,
                    known - knownBefore);
        }
    }

    /// The same model with a name of its own for every node of the main graph.
    private static Model named(Model model, Map<String, Node> byName) {
        Editor editor = model.graph().edit();
        for (Node n : model.graph().nodes()) {
            String name = PREFIX + n.id().index();
            byName.put(name, n);
            editor.replace(new Node(
                    n.id(),
                    name,
                    n.domain(),
                    n.op(),
                    n.overload(),
                    n.inputs(),
                    n.outputs(),
                    n.attrs(),
                    n.origin(),
                    n.extra()));
        }
        return model.withGraph(editor.commit());
    }

    private void compare(String what, Node node, KernelEvent kernel, Analysis analysis) {
        List<ValueId> outputs = node.outputs().stream()
                .filter(ValueId::isPresent)
                .filter(v -> !(analysis.type(v) instanceof ValueType.SequenceType))
                .toList();
        List<String> ran = shapes(kernel.outputShapes());
        if (!kernel.op().equals(node.op()) || ran.size() != outputs.size()) {
            return; // The runtime replaced the node, or reports an output that is no tensor.
        }
        for (int i = 0; i < ran.size(); i++) {
            compared++;
            if (!(analysis.type(outputs.get(i)).shape() instanceof Shape.Ranked ranked)) {
                continue;
            }
            boolean fixed = ranked.dims().stream().allMatch(d -> d.fixed().isPresent());
            known += fixed ? 1 : 0;
            String ours = ranked.dims().stream()
                    .map(d -> d.fixed().isPresent() ? Long.toString(d.fixed().getAsLong()) : "?")
                    .collect(Collectors.joining(","));
            if (!fits(ours, ran.get(i))) {
                wrong.add(what + " output " + i + ": inferred [" + ours + "], ran [" + ran.get(i) + "]");
            }
        }
    }

    private static boolean fits(String ours, String ran) {
        String[] a = ours.split(",", -1);
        String[] b = ran.split(",", -1);
        if (a.length != b.length) {
            return false;
        }
        for (int i = 0; i < a.length; i++) {
            if (!a[i].equals("?") && !a[i].equals(b[i])) {
                return false;
            }
        }
        return true;
    }

    private static List<String> shapes(String outputs) {
        List<String> all = new ArrayList<>();
        Matcher m = DIMS.matcher(outputs);
        while (m.find()) {
            all.add(m.group(1).replace(" ", ""));
        }
        return all;
    }
}
