package dev.lathe.graph.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Severity;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.NodePlace;
import dev.lathe.graph.Shape;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueNames;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.analyze.Inference;
import dev.lathe.graph.conformance.StandardTestData;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.text.GraphText;
import dev.lathe.graph.verify.Verifier;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Edits at random on the standard's own models: what is accepted can be written, read again, printed and parsed, and
/// has no errors that it did not have; what is not accepted is refused in words.
class RandomEditsTest {
    private static final long SEED = 20261121;
    private static final Duration LONGEST = Duration.ofSeconds(15);
    /// So many are tried however busy the machine is.
    private static final int FEWEST = 400;
    private static final int LARGEST_FILE_NODES = 400;

    private static final List<String> ATTRIBUTES = List.of("axis", "keepdims", "to", "perm", "alpha", "axes", "mode");

    @TempDir
    private Path folder;

    @Test
    void whatIsAcceptedIsAValidModelAndWhatIsNotIsRefusedInWords() throws Exception {
        List<Path> models = new ArrayList<>(StandardTestData.models());
        Random random = new Random(SEED);
        Collections.shuffle(models, random);
        Instant end = Instant.now().plus(LONGEST);
        List<String> wrong = new ArrayList<>();
        int accepted = 0;
        int refused = 0;
        for (int i = 0;
                i < models.size()
                        && (accepted + refused < FEWEST || Instant.now().isBefore(end));
                i++) {
            Model model = Formats.open(models.get(i), JobContext.quiet());
            if (model.graph().allNodes() > LARGEST_FILE_NODES) {
                continue;
            }
            for (int k = 0; k < 6; k++) {
                String script = script(model, models, random);
                String told = StandardTestData.name(models.get(i)) + ": " + script;
                try {
                    Model edited = Edits.apply(model, EditScript.parse(script), JobContext.quiet());
                    accepted++;
                    check(model, edited, told, wrong);
                } catch (LatheException e) {
                    refused++;
                } catch (RuntimeException | AssertionError | StackOverflowError e) {
                    wrong.add(told + ": " + e);
                }
            }
        }
        System.out.println("random edits: " + accepted + " accepted, " + refused + " refused");
        assertThat(wrong).isEmpty();
        assertThat(accepted + refused).as("tried").isGreaterThanOrEqualTo(FEWEST);
        assertThat(accepted).as("accepted").isGreaterThan(refused / 4);
    }

    private void check(Model before, Model edited, String told, List<String> wrong) {
        try {
            Path out = folder.resolve("edited.onnx");
            Formats.export(edited, out, JobContext.quiet());
            Model read = Formats.open(out, JobContext.quiet());
            Set<String> errors = errors(read);
            errors.removeAll(errors(before));
            if (!errors.isEmpty()) {
                wrong.add(told + ": read again, it has " + errors);
            }
            if (!told.contains("type ")
                    && falseNames(before).isEmpty()
                    && !falseNames(edited).isEmpty()) {
                wrong.add(told + ": outputs are declared as they are not: " + falseNames(edited));
            }
            String text = GraphText.print(edited);
            if (!GraphText.print(GraphText.parse(text)).equals(text)) {
                wrong.add(told + ": its text is not parsed as it was printed");
            }
        } catch (LatheException e) {
            wrong.add(told + ": accepted, then " + e.diagnostic().line());
        }
    }

    /// Outputs that are declared to have a named extent of the inputs where another extent is computed.
    private static List<String> falseNames(Model model) {
        Graph g = model.graph();
        var editor = g.edit(model.newIds());
        g.outputs().stream().filter(o -> !g.isInput(o)).forEach(o -> editor.declare(o, ValueType.unknown()));
        Inference computed = Inference.of(model.withGraph(editor.commit()), JobContext.quiet());
        Set<Dim> names = new HashSet<>();
        g.inputs().forEach(i -> names.addAll(dims(g.value(i).orElseThrow().declared())));
        names.removeIf(d -> !(d instanceof Dim.Symbol));
        List<String> found = new ArrayList<>();
        for (ValueId o : g.outputs()) {
            List<Dim> told = dims(g.value(o).map(Value::declared).orElse(ValueType.unknown()));
            List<Dim> is = dims(computed.type(o));
            for (int i = 0; i < Math.min(told.size(), is.size()); i++) {
                boolean open = is.get(i) instanceof Dim.Symbol s && !names.contains(s)
                        || is.get(i).equals(Dim.unknown());
                if (names.contains(told.get(i)) && !open && !told.get(i).equals(is.get(i))) {
                    found.add(g.nameOf(o) + " " + told + " is " + is);
                }
            }
        }
        return found;
    }

    private static List<Dim> dims(ValueType type) {
        return type instanceof ValueType.TensorType t && t.shape() instanceof Shape.Ranked(List<Dim> dims)
                ? dims
                : List.of();
    }

    private static Set<String> errors(Model model) {
        Set<String> found = new HashSet<>();
        for (Diagnostic d : Verifier.of(model, Inference.of(model, JobContext.quiet()), JobContext.quiet())) {
            if (d.severity() == Severity.ERROR) {
                found.add(d.line());
            }
        }
        return found;
    }

    private String script(Model model, List<Path> models, Random random) {
        List<String> statements = new ArrayList<>();
        for (int i = Math.max(0, random.nextInt(5) - 2); i >= 0; i--) {
            statements.add(statement(model, models, random));
        }
        return String.join("\n", statements);
    }

    private String statement(Model model, List<Path> models, Random random) {
        String node = GraphText.name(one(nodes(model), random));
        String tensor = GraphText.name(one(tensors(model), random));
        String other = GraphText.name(one(tensors(model), random));
        return switch (random.nextInt(19)) {
            case 0 -> "rename tensor " + tensor + " to " + one(List.of("fresh", "x", "y", "\"a b\""), random);
            case 1 -> "rename node " + node + " to " + one(List.of("fresh", "n", "\"a b\""), random);
            case 2 -> "remove " + node;
            case 3 -> "insert after " + tensor + " { fresh1 = Identity(" + tensor + ") }";
            case 4 -> "insert after " + tensor + " { const c = float32[] {2.0}  fresh2 = Mul(" + tensor + ", c) as x }";
            case 5 -> "rewire " + node + " input " + random.nextInt(3) + " to " + tensor;
            case 6 -> "output " + tensor;
            case 7 -> "no output " + tensor;
            case 8 -> "cut (" + tensor + ") -> (" + other + ")";
            case 9 -> "cut () -> (" + tensor + ")";
            case 10 ->
                "append " + GraphText.quoted(one(models, random).toString())
                        + (random.nextBoolean() ? "" : " connect " + tensor + " to x");
            case 11 -> appendItself(model, random);
            case 12 -> "type " + tensor + ": float32[n, 3]";
            case 13 ->
                "insert after " + tensor + " { fresh3 = Cast(" + tensor + ") {to = " + (1 + random.nextInt(16)) + "} }";
            case 14 -> "insert after " + tensor + " { fresh4 = Transpose(" + tensor + ") }";
            case 15 ->
                "set " + node + " " + one(ATTRIBUTES, random) + " = " + one(List.of("0", "1", "-1", "[1]"), random);
            case 16 -> "unset " + node + " " + one(ATTRIBUTES, random);
            // Far steps are refused nearly always.
            case 17 -> "opset \"\" " + (model.opset() + random.nextInt(3));
            default -> "replace " + node + " with { " + other + " = Relu(" + tensor + ") }";
        };
    }

    /// An append that fits more often: the model behind itself.
    private static String appendItself(Model model, Random random) {
        Graph g = model.graph();
        String self = "append " + GraphText.quoted(model.source().orElseThrow().toString());
        return g.inputs().isEmpty() || g.outputs().isEmpty()
                ? self
                : self + " connect " + GraphText.name(g.nameOf(g.outputs().getFirst())) + " to "
                        + GraphText.name(g.nameOf(one(g.inputs(), random)));
    }

    private static List<String> nodes(Model model) {
        List<String> names = new ArrayList<>(
                NodePlace.all(model.graph()).stream().map(NodePlace::shownName).toList());
        model.functions()
                .forEach(f -> f.body()
                        .nodes()
                        .forEach(n ->
                                names.add(ModelNames.nodeName(model, n.id()).orElseThrow())));
        names.add("nothing");
        return names;
    }

    private static List<String> tensors(Model model) {
        List<String> names = new ArrayList<>();
        ValueNames own = ValueNames.of(model.graph());
        model.graph()
                .forEachGraph(
                        g -> g.values().stream().map(Value::id).map(own::of).forEach(names::add));
        model.functions()
                .forEach(f -> f.body()
                        .values()
                        .forEach(v ->
                                names.add(ModelNames.tensorName(model, v.id()).orElseThrow())));
        names.add("nothing");
        return names;
    }

    private static <T> T one(List<T> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }
}
