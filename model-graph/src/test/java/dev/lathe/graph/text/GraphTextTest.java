package dev.lathe.graph.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lathe.core.LatheException;
import dev.lathe.graph.Attr;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.data.Weights;
import dev.lathe.graph.io.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class GraphTextTest {
    static final List<String> SAMPLES = Samples.NAMES;

    @ParameterizedTest
    @FieldSource("SAMPLES")
    void whatIsParsedPrintsAsItWas(String name) throws LatheException {
        assertThat(GraphText.print(Samples.model(name))).isEqualTo(Samples.text(name));
    }

    @Test
    void aSubgraphUsesOuterValuesByTheirId() throws LatheException {
        Graph g = Samples.model("branches").graph();
        Node choose = g.nodes().get(1);
        Graph yes = choose.attrs().graph("then_branch").orElseThrow();
        assertThat(yes.nodes().getFirst().inputs())
                .containsExactly(
                        g.valueNamed("twice").orElseThrow().id(),
                        g.valueNamed("one").orElseThrow().id());
        Graph no = choose.attrs().graph("else_branch").orElseThrow();
        assertThat(no.valueNamed("one").orElseThrow().id())
                .isNotEqualTo(g.valueNamed("one").orElseThrow().id());
    }

    @Test
    void largeConstantsAreElidedAndComeBackWithoutContent() throws LatheException {
        String text = GraphText.print(Samples.model("perceptron"), 4);
        assertThat(text).contains("const w1: float32[4, 3] = float32[4, 3] elided 48\n");
        Graph g = GraphText.parse(text).graph();
        assertThat(g.initializer(g.valueNamed("w1").orElseThrow().id())
                        .orElseThrow()
                        .data())
                .isInstanceOf(Weights.Missing.class);
        assertThat(GraphText.print(GraphText.parse(text), 4)).isEqualTo(text);
    }

    @Test
    void aTextMayHaveCommentsAndAnyLayout() throws LatheException {
        Graph g = GraphText.parseGraph("graph g(x)->(y) { # a comment\n y=Relu(x){k=[1,2],s=\"q\"}as n }");
        Node n = g.nodes().getFirst();
        assertThat(n.name()).isEqualTo("n");
        assertThat(n.attrs().ints("k")).contains(List.of(1L, 2L));
        assertThat(n.attrs().find("s")).contains(Attr.of("q"));
    }

    @Test
    void aMistakeIsNamedWithLineAndColumn() {
        LatheException e = catchThrowableOfType(
                LatheException.class, () -> GraphText.parseGraph("graph g (x) -> (y) {\n  y = Relu(z)\n}"));
        assertThat(e.diagnostic().code()).isEqualTo("graph-text");
        assertThat(e.diagnostic().message()).startsWith("line 2, column ").contains("'z'");
    }

    @ParameterizedTest
    @CsvSource({
        "bool, 1",
        "bool, yes",
        "int8, 128",
        "int8, -129",
        "uint8, 256",
        "uint8, -1",
        "int16, 40000",
        "uint16, 65536",
        "int32, 3000000000",
        "uint32, 4294967296",
        "uint32, -1"
    })
    void anElementThatItsTypeCannotHoldIsRefused(String type, String element) {
        LatheException e = catchThrowableOfType(
                LatheException.class,
                () -> GraphText.parseGraph("graph g (x) -> (x) {\n  const c = " + type + "[1] {" + element + "}\n}"));
        assertThat(e.diagnostic().message()).contains("'" + element + "' is no " + type);
    }

    @ParameterizedTest
    @CsvSource({"bool, true", "int8, -128", "uint8, 255", "int16, -32768", "uint16, 65535", "uint32, 4294967295"})
    void anElementAtTheEdgeOfItsTypeIsKept(String type, String element) throws Exception {
        String text = "graph g (x) -> (x) {\n  const c = " + type + "[1] {" + element + "}\n}";
        assertThat(GraphText.print(GraphText.parseGraph(text))).contains(type + "[1] {" + element + "}");
    }

    @Test
    void everyPrefixOfATextIsRefusedInWords() {
        String text = Samples.text("kinds");
        for (int i = 0; i < text.lastIndexOf('}'); i++) {
            String prefix = text.substring(0, i);
            LatheException e = catchThrowableOfType(LatheException.class, () -> GraphText.parse(prefix));
            assertThat(e).as(prefix).isNotNull();
        }
    }

    @Test
    void aTypeThatIsTooDeepOrTooWideIsRefusedByItsPlace() throws LatheException {
        assertThat(refusal("graph g (x: " + "seq(".repeat(60_000) + "float32[1]" + ")".repeat(60_000) + ") -> (x) {}"))
                .contains("line 1, column ", "nested deeper than 32");
        assertThat(refusal("graph g (x: float32[" + "d, ".repeat(20_000) + "d]) -> (x) {}"))
                .contains("line 1, column ", "more than 1024 dimensions");
        assertThat(GraphText.parseGraph("graph g (x: float32[" + "d, ".repeat(1023) + "d]) -> (x) {}")
                        .inputs())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "float32[4] splat 90000000000 hex \"00000000\"|90000000000 elements where the shape needs 4",
                "float32[4] splat -3 hex \"\"|-3 elements where the shape needs 4",
                "float32[-1] elided 4|below 0",
                "float32[4] elided 9000000000000000000|9000000000000000000 bytes where the shape needs 16",
                "float32[4] elided -16|-16 bytes where the shape needs 16",
                "int4[3] elided 3|3 bytes where the shape needs 2",
                "float32[4] missing 4 \"gone\"|4 bytes where the shape needs 16",
                "string[2] elided -1|-1 bytes",
                "float32[4] splat 4 hex \"00\"|1 bytes for an element of type float32",
                "int4[4] splat 4 hex \"00\"|1 bytes for an element of type int4",
                "string[4] splat 4 hex \"\"|0 bytes for an element of type string",
            })
    void aConstantThatIsNotOfItsShapeIsRefusedByItsPlace(String constant, String problem) {
        assertThat(refusal("graph g () -> (a) {\nconst a = " + constant + "\n}"))
                .contains("line 2, column ", problem);
    }

    private static String refusal(String text) {
        return catchThrowableOfType(LatheException.class, () -> GraphText.parseGraph(text))
                .diagnostic()
                .message();
    }
}
