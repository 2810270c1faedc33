package dev.lathe.bench;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.edit.Edit;
import dev.lathe.graph.edit.EditScript;
import dev.lathe.graph.edit.Edits;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.text.GraphText;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Measures scripts of 40 and 41 statements on synthetic transformers: processor time of this thread, first and median
/// of the
/// last 5 of 9. The last script ends with a statement that breaks a rule, which is found and named.
public final class EditsBench {
    private static final int ROUNDS = 9;
    private static final int COUNTED = 5;
    private static final int STATEMENTS = 40;

    private EditsBench() {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("lathe-bench-edits");
        for (int nodes : new int[] {1_000, 10_000, 50_000}) {
            Path file = Synthetic.transformer(folder, nodes);
            Model model = Formats.open(file, JobContext.quiet());
            Bench.figure(file.getFileName() + ", nodes", model.graph().nodes().size(), "");
            String tensors = each(model, n -> "rename tensor " + out(model, n) + " to fresh" + n.id().index());
            String names = each(model, n -> "rename node " + number(n) + " to n" + n.id().index());
            measure(
                    model,
                    "40 tensors renamed, an output",
                    tensors + "\noutput " + out(model, model.graph().nodes().get(50)));
            measure(model, "40 nodes renamed", names);
            measure(
                    model,
                    "40 nodes inserted",
                    each(
                            model,
                            n -> "insert after " + out(model, n) + " { fresh" + n.id().index() + " = Identity("
                                    + out(model, n) + ") }"));
            String bad = number(model.graph().nodes().get(60));
            measure(model, "40 nodes renamed, the 41st statement refused", names + "\nset " + bad + " nonsense = 1");
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(folder);
    }

    private static String each(Model model, Function<Node, String> statement) {
        return model.graph().nodes().stream().limit(STATEMENTS).map(statement).collect(Collectors.joining("\n"));
    }

    private static String out(Model model, Node node) {
        return GraphText.name(model.graph().nameOf(node.output(0)));
    }

    /// Always means this node: several have one name.
    private static String number(Node node) {
        return GraphText.name(node.op() + "_" + node.id().index());
    }

    private static void measure(Model model, String what, String script) throws LatheException {
        List<Edit> edits = EditScript.parse(script);
        double[] ms = new double[ROUNDS];
        String refused = "";
        for (int i = 0; i < ROUNDS; i++) {
            long t = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            try {
                Edits.apply(model, edits, JobContext.quiet());
            } catch (LatheException e) {
                refused = e.diagnostic().code();
            }
            ms[i] = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - t) / 1e6;
        }
        Bench.figure("  " + what + (refused.isEmpty() ? "" : " (" + refused + ")") + ": first", ms[0], "ms");
        Bench.figure("    later", Bench.median(Arrays.copyOfRange(ms, ROUNDS - COUNTED, ROUNDS)), "ms");
    }
}
