package dev.lathe.graph.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.Costs;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.OpCatalog;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.text.GraphText;
import dev.lathe.graph.verify.Verifier;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A number takes a few bytes in a file whatever it is. Every operator is given such as are larger than anything that
/// can be counted one by one, as attributes, as extents and as what is in constants: none may take longer for it, and
/// no cost runs over.
class HostileNumbersTest {
    private static final List<Long> NUMBERS =
            List.of(-2L, 0L, 1L, 1_000_000_000L, (1L << 31) + 1, 1L << 40, (1L << 62) + 1, Long.MIN_VALUE);
    private static final List<String> SHAPES = List.of("E", "1, E", "E, 1", "1, 1, E", "2, 3, E, E", "1, 1, 1, 1, E");

    /// What one model of one node may take at most, in processor time.
    private static final long LIMIT_MILLIS = 500;

    /// How a node gets its inputs: all from outside, the first from outside and the others from constants, all from
    /// constants that are vectors, or numbers.
    private enum Given {
        SIZES,
        MIXED,
        VECTORS,
        SCALARS
    }

    @Test
    void numbersOfAnySizeTakeNoTime() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (OpSpec op : OpCatalog.standard().all()) {
            List<String> texts = texts(op.schema());
            Limited.Run run = Limited.run(texts, text -> tried(text, wrong), LIMIT_MILLIS);
            run.slow().forEach(text -> wrong.add("takes too long: " + text));
            run.failed().forEach(text -> wrong.add("fails: " + text));
        }
        assertThat(wrong).isEmpty();
    }

    private static void tried(String text, List<String> wrong) throws LatheException {
        Model model = GraphText.parse(text);
        Analysis analysis = Analysis.of(model, DimBindings.NONE, JobContext.quiet());
        assertThat(Verifier.of(analysis, JobContext.quiet())).isNotNull();
        Costs costs = analysis.costs();
        for (Dim d : List.of(
                costs.total().flops(),
                costs.total().macs(),
                costs.total().bytesRead(),
                costs.total().bytesWritten(),
                analysis.liveness().peakBytes())) {
            if (d.fixed().orElse(0) < 0) {
                wrong.add("costs " + d + ": " + text);
            }
        }
    }

    private static List<String> texts(Schema s) {
        List<String> texts = new ArrayList<>();
        int turn = 0;
        for (long number : NUMBERS) {
            for (Given given : Given.values()) {
                long extent = Math.max(0, NUMBERS.get(turn * 5 % NUMBERS.size()));
                String shape = SHAPES.get(turn % SHAPES.size()).replace("E", "" + extent);
                texts.add(text(s, number, given, (turn % 3 == 0 ? "int64[" : "float32[") + shape + "]"));
                turn++;
            }
        }
        return texts;
    }

    private static String text(Schema s, long number, Given given, String type) {
        int inputs = Math.min(
                8,
                s.mostInputs() == Integer.MAX_VALUE
                        ? s.inputs().size() + 1
                        : Math.max(s.leastInputs(), s.mostInputs()));
        int outside = switch (given) {
            case SIZES -> inputs;
            case MIXED -> 1;
            case VECTORS, SCALARS -> 0;
        };
        String formals = listed(outside, i -> "x" + i + ": " + type);
        String constants = IntStream.range(outside, inputs)
                .mapToObj(i -> "const x%d = int64[%s] {%s}\n"
                        .formatted(
                                i,
                                given == Given.SCALARS ? "" : "2",
                                given == Given.SCALARS ? number : number + ", " + number))
                .collect(Collectors.joining());
        String attributes = s.attrs().stream()
                .filter(a -> a.kind() == AttrSpec.Kind.INT || a.kind() == AttrSpec.Kind.INTS)
                .map(a -> a.name() + " = "
                        + (a.kind() == AttrSpec.Kind.INT ? number : "[" + number + ", " + number + "]"))
                .collect(Collectors.joining(", "));
        String outputs = listed(Math.max(1, s.outputs().size()), i -> "y" + i);
        return "model \"ONNX\" ir=10\nopset \"\" 21\nopset \"ai.onnx.ml\" 5\nopset \"com.microsoft\" 1\ngraph g ("
                + formals + ") -> (y0) {\n" + constants + outputs + " = "
                + (s.domain().isEmpty() ? "" : s.domain() + ":") + s.name() + "(" + listed(inputs, i -> "x" + i) + ")"
                + (attributes.isEmpty() ? "" : " {" + attributes + "}") + "\n}\n";
    }

    private static String listed(int count, IntFunction<String> each) {
        return IntStream.range(0, count).mapToObj(each).collect(Collectors.joining(", "));
    }
}
