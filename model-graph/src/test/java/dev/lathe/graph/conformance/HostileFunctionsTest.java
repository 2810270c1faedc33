package dev.lathe.graph.conformance;

import static dev.lathe.graph.conformance.Survival.function;
import static dev.lathe.graph.conformance.Survival.graph;
import static dev.lathe.graph.conformance.Survival.lines;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.OpCatalog;
import dev.lathe.graph.op.OpSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Functions of many attributes that are called many times in small files: what rules look at is not the product of
/// the two.
class HostileFunctionsTest {
    private static final int ATTRIBUTES = 1_000;

    @TempDir
    Path folder;

    private String survives(String text) throws InterruptedException {
        return Survival.of(text, folder, Survival.OF_A_SMALL_FILE).output();
    }

    private static String calls(int count) {
        return graph("(x: float32[2]) -> (y0)", lines(count, i -> "y%d = local:F(x)\n".formatted(i)));
    }

    private static String defaults(String each) {
        return IntStream.range(0, ATTRIBUTES).mapToObj(each::formatted).collect(Collectors.joining(", "));
    }

    private static String withDefaults(String defaults, String body) {
        return "function \"local\" \"\" [] {" + defaults + "} opset \"\" 17 opset \"local\" 1 graph F (p) -> (w) {\n"
                + body + "w = Relu(p)\n}\n";
    }

    @Test
    void defaultsOfAFunctionAreLookedAtOnce() throws Exception {
        String uses = lines(ATTRIBUTES, i -> "l%d = LeakyRelu(p) {alpha = ref a%d 1}\n".formatted(i, i));
        assertThat(survives(calls(2_000) + withDefaults(defaults("a%d = 1.0"), uses)))
                .isEqualTo("float32[2]");
    }

    @Test
    void attributesThatNobodyGivesAreNotToldOneByOneForEachCall() throws Exception {
        String uses = lines(ATTRIBUTES, i -> "l%d = Concat(p) {axis = ref a%d 2}\n".formatted(i, i));
        String names = IntStream.range(0, ATTRIBUTES).mapToObj(i -> "a" + i).collect(Collectors.joining(", "));
        assertThat(survives(calls(3_000) + function("F", names, "(p) -> (w)", uses + "w = Relu(p)\n")))
                .isEqualTo("float32[2]");
    }

    @Test
    void wrongDefaultsAreNotToldOneByOneForEachCall() throws Exception {
        String uses = lines(ATTRIBUTES, i -> "l%d = LeakyRelu(p) {alpha = ref a%d 1}\n".formatted(i, i));
        assertThat(survives(calls(3_000) + withDefaults(defaults("a%d = \"s\""), uses)))
                .isEqualTo("float32[2]");
    }

    /// What each of the functions in between needs is not the product of what is used and what is handed on.
    @Test
    void anAttributeThatIsUsedOftenAndHandedOnOftenIsNeededOnce() throws Exception {
        List<String> takers = OpCatalog.standard().all().stream()
                .map(OpSpec::schema)
                .filter(o -> o.domain().isEmpty())
                .flatMap(o -> o.attrs().stream()
                        .filter(a -> a.kind() == AttrSpec.Kind.INT)
                        .map(a -> o.name() + "(p) {" + a.name() + " = ref a 2}\n"))
                .toList();
        String uses = lines(takers.size(), i -> "l%d = %s".formatted(i, takers.get(i)));
        String hands = lines(ATTRIBUTES, i -> "l%d = local:G(p) {a = ref a%d 2}\n".formatted(i, i));
        String names = IntStream.range(0, ATTRIBUTES).mapToObj(i -> "a" + i).collect(Collectors.joining(", "));
        assertThat(survives(calls(2_000)
                        + function("F", names, "(p) -> (w)", hands + "w = Relu(p)\n")
                        + function("G", "a", "(p) -> (w)", uses + "w = Relu(p)\n")))
                .isEqualTo("float32[2]");
    }

    /// The hash of a function goes through the values of its defaults.
    @Test
    void longDefaultsAreNotGoneThroughForEachCall() throws Exception {
        String ones = IntStream.range(0, 100_000).mapToObj(i -> "1").collect(Collectors.joining(", "));
        assertThat(survives(calls(3_000) + withDefaults("a = [" + ones + "]", "")))
                .isEqualTo("float32[2]");
    }
}
