package dev.lathe.graph.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.edit.EditScript;
import dev.lathe.graph.edit.Edits;
import dev.lathe.graph.text.GraphText;
import dev.lathe.graph.verify.Verifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What a file may hold many of: one part of a small model is repeated, and so are any two of them together, which is
/// how files make products of their sizes. Four times as many must not take much more than four times as long.
class HostileGrowthTest {
    /// A part that is repeated stands in guillemets: its name, what each is (`%d` is its number, `%e` the next one),
    /// and what stands between. Parts of one name are repeated together; `#name#` is how many there are.
    private static final Pattern PART = Pattern.compile("«(\\w+)\\|([^|]*)\\|([^|»]*)»");

    private static final String TEXT = """
            model "ONNX" ir=10
            opset "" 21
            opset "my" 1
            opset "ai.onnx.ml" 5
            «opsets|opset "d%d" 1
            |»«metadata|metadata "k%d" "v"
            |»graph g (x: float32[2, «named|d%d, |»3], sum: float32["n«terms| + m%d|»"], product: float32["n«factors|*(a%d+b%d)|»"],
              deep: float32["«deep|(|»n + 1«deep|)|»"], k: float32["n«quotients|//(a%d+2)|»"], c: bool[], t: int64[]«inputs|, i%d: float32[n%d, 4]|»)
              -> (z«outputs|, o%d|») {
              const two = float32[2] {0, 1}
              const numbers = int64[#elements#] {«elements|%d|, »}
              «constants|const w%d = float32[2] {0, 1}
              |»z = Relu(x) as first
              «fan|f%d = Sigmoid(sum)
              |»h0 = Relu(product)
              «chain|h%e = Add(h%d, h%d)
              |»«shapes|p%d = Shape(x)
              q%d = Reshape(x, p%d)
              |»«ranges|r%d = Gather(numbers, numbers)
              |»«uniques|u%d = Unique(numbers) {axis = 0}
              |»«outputs|o%d = Identity(x)
              |»a0 = Concat(two, two«constants|, w%d|») {axis = 0}
              a1 = Concat(x, x«inputs|, i%d|») {axis = 0}
              a2 = Sum(two«constants|, w%d|»)
              a3, a4«splits|, s%d|» = Split(k) {num_outputs = 9}
              a5 = Conv(x, x) {pads = [0«lists|, 1|»], strides = [1«lists|, 1|»], kernel_shape = [1«lists|, 1|»]}
              a6 = Foo(x) {a = 1«attributes|, b%d = 1|»}
              a7 = Einsum(x, x) {equation = "a«einsum|b|»,b->a"}
              «joins|j%d = Concat(numbers, numbers) {axis = 0}
              |»«same|g%d = Relu(x) as same
              |»«wrong|v%d = Add(two, numbers)
              |»«misfit|n%d = MatMul(two, numbers) {no%d = 1}
              |»«ifs|y%d = If(c) {then_branch = graph then () -> (e) { e = Relu(x) }, else_branch = graph else () -> (e) { e = Abs(x) }}
              |»«loops|l%d = Loop(t, c, x) {body = graph body (i: int64[], b: bool[], v: float32[...]) -> (b, w) { w = Add(v, x) }}
              |»m0 = Loop(t, c, x) {body = graph body (i: int64[], b: bool[], v0: float32[...]) -> (b, v1) {
                v1 = Relu(v0)
                «inLoop|e%d = Shape(v0)
                |»}}
              m1 = Loop(t, c«carried|, x|») {body = graph body (i: int64[], b: bool[]«carried|, v%d: float32[...]|») -> (b«carried|, v%d|») {}}
              m2 = Scan(x, x) {num_scan_inputs = 1, body = graph body (b: float32[...], s: float32[...]) -> (b, s) {
              }}
              «nested|ny%d = If(c) {else_branch = graph else () -> (x) {}, then_branch = graph then () -> (x) {
              |»«nested|nz%d = Relu(x)
              }}
              |»«calls|cb%d = my:F(x, two) {req = %d}
              |»«sequences|sa%d = SequenceConstruct(x, two)
              sb%d = SequenceInsert(sa%d, x)
              |»«axes|xa%d = Unsqueeze(x, numbers)
              |»tr = ai.onnx.ml:TreeEnsembleRegressor(x) {n_targets = 1, nodes_treeids = [0«trees|, %e|»], nodes_nodeids = [0«trees|, 0|»],
                nodes_truenodeids = [0«trees|, 0|»], nodes_falsenodeids = [0«trees|, 0|»], nodes_modes = ["LEAF"«trees|, "LEAF"|»]}
              te = ai.onnx.ml:TreeEnsemble(x) {n_targets = 1, tree_roots = [0«roots|, 0|»], nodes_truenodeids = [«tree|%e, |»0],
                nodes_trueleafs = [«tree|0, |»1], nodes_falsenodeids = [«tree|0, |»0], nodes_falseleafs = [«tree|1, |»1]}
              tf = TfIdfVectorizer(numbers) {mode = "TF", min_gram_length = 1, max_gram_length = #grams#, max_skip_count = #grams#,
                ngram_counts = [0«grams|, 0|»], ngram_indexes = [0«grams|, 0|»], pool_int64s = [1]}
              fc = my:F0(x)
            }
            function "my" "" [req] {def = 1«defaults|, def%d = 1.0|», many = [1«values|, 1|»]} opset "" 21 opset "my" 1 graph F (p, q«formals|, p%d|») -> (r) {
              r = Relu(p)
              «inside|r%d = Add(p, q)
              |»«uses|s%d = LeakyRelu(p) {alpha = ref def%d 1}
              |»«required|t%d = Concat(p, q) {axis = ref req 2}
              |»t = Reshape(p, q) {allowzero = ref def 2}
            }
            function "my" "" [] {} opset "" 21 opset "my" 1 graph G (p) -> (r) {
              r = Relu(p)
            }
            «functions|function "my" "" [] {} opset "" 21 opset "my" 1 graph F%d (p) -> (r) {
              a = my:F%e(p)
              r = my:F%e(a)
            }
            |»function "my" "" [] {} opset "" 21 opset "my" 1 graph F#functions# (p) -> (r) {
              r = Relu(p)
            }
            """;

    /// What a small part may take for each time it is there, in ms, before its growth is looked at.
    private static final long SOON_MILLIS = 400;

    private static final long LIMIT_MILLIS = 8_000;
    private static final int FEW = 250;
    private static final int TIMES = 4;
    /// Four times as many take this much longer, at most: what is linear comes to five, what is quadratic to sixteen.
    private static final double GROWTH = 9;

    /// Of the pairs every 61st; all with `-Pconformance`.
    private static final int EVERY = Math.max(1, Integer.getInteger("lathe.conformance", 16) * 4 - 3);

    private static List<String> parts() {
        return PART.matcher(TEXT).results().map(r -> r.group(1)).distinct().toList();
    }

    /// The model with each part once but those of `many`.
    private static String text(List<String> many, int count) {
        String text = PART.matcher(TEXT).replaceAll(r -> {
            int times = many.contains(r.group(1)) ? count : 1;
            return IntStream.range(0, times)
                    .mapToObj(i -> r.group(2).replace("%d", "" + i).replace("%e", "" + (i + 1)))
                    .collect(Collectors.joining(r.group(3)))
                    .replace("\\", "\\\\")
                    .replace("$", "\\$");
        });
        for (String part : parts()) {
            text = text.replace("#" + part + "#", "" + (many.contains(part) ? count : 1));
        }
        return text;
    }

    private static void through(String text) throws LatheException {
        Model model = GraphText.parse(text);
        Analysis analysis = Analysis.of(model, DimBindings.NONE, JobContext.quiet());
        assertThat(Verifier.of(analysis, JobContext.quiet())).isNotNull();
        assertThat(analysis.costs().total()).isNotNull();
        assertThat(analysis.liveness().peakBytes()).isNotNull();
        assertThat(GraphText.print(model, 16)).isNotEmpty();
        assertThat(Edits.apply(model, EditScript.parse("rename node first to other"), JobContext.quiet()))
                .isNotNull();
    }

    @Test
    void whatIsThereOftenTakesNoMoreThanItsShare() throws Exception {
        warmUp();
        List<List<String>> all = new ArrayList<>();
        parts().forEach(p -> all.add(List.of(p)));
        assertThat(grownTooMuch(all, 2 * FEW)).isEmpty();
    }

    @Test
    void twoThingsThatAreThereOftenAreNotMultiplied() throws Exception {
        warmUp();
        List<List<String>> all = new ArrayList<>();
        List<String> parts = parts();
        int pair = 0;
        for (int i = 0; i < parts.size(); i++) {
            for (int k = i + 1; k < parts.size(); k++) {
                if (pair++ % EVERY == 0) {
                    all.add(List.of(parts.get(i), parts.get(k)));
                }
            }
        }
        assertThat(grownTooMuch(all, FEW)).isEmpty();
    }

    private static void warmUp() throws LatheException {
        for (int i = 0; i < 20; i++) {
            through(text(List.of(), 1));
        }
        through(text(parts().stream().filter(p -> !p.equals("functions")).toList(), 20));
    }

    private static List<String> grownTooMuch(List<List<String>> all, int few) throws InterruptedException {
        List<String> wrong = new ArrayList<>();
        for (List<String> many : all) {
            String large = text(many, TIMES * few);
            Optional<Long> after = time(large);
            if (after.isPresent() && after.get() < SOON_MILLIS) {
                continue;
            }
            String small = text(many, few);
            Optional<Long> before = time(small);
            // Again, since the first of a kind is slower.
            Optional<Long> again = after.isPresent() ? time(large) : after;
            if (before.isEmpty()
                    || again.isEmpty()
                    || again.get() > SOON_MILLIS && again.get() > GROWTH * before.get()) {
                wrong.add("%s: %s ms for %d (%d KB), %s ms for %d (%d KB)"
                        .formatted(
                                many,
                                words(before),
                                few,
                                small.length() / 1024,
                                words(again),
                                TIMES * few,
                                large.length() / 1024));
            }
        }
        return wrong;
    }

    private static Optional<Long> time(String text) throws InterruptedException {
        return Limited.time(
                text,
                t -> {
                    try {
                        through(t);
                    } catch (LatheException refused) {
                        // As good: there may be too many axes, or bodies too deep in each other.
                        assertThat(refused).hasMessageMatching("(?s).+");
                    }
                },
                LIMIT_MILLIS);
    }

    private static String words(Optional<Long> millis) {
        return millis.map(Object::toString).orElse("more than " + LIMIT_MILLIS);
    }
}
