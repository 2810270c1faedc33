package dev.lathe.graph.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Severity;
import dev.lathe.graph.Model;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.text.GraphText;
import dev.lathe.graph.verify.Verifier;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CutoutTest {
    private static final String WHOLE = """
            model "ONNX" ir=10
            opset "" 17
            opset "local" 1
            graph g (x: float32[batch, 4], mask: bool[], free: float32[4]) -> (y: float32[batch, 4], z: float32[batch, 4]) {
              const w: float32[4, 4] = float32[4, 4] elided 64
              const b: float32[4] = float32[4] {1.0, 2.0, 3.0, 4.0}
              a = MatMul(x, w)
              c = Add(a, b)
              d = local:Twice(c)
              e = If(mask) {then_branch = graph yes () -> (p) {
                p = Add(d, free)
              }, else_branch = graph no () -> (q) {
                q = Relu(a)
              }}
              y = Relu(e)
              z = local:Other(c)
            }
            function "local" "" [] {} opset "" 17 graph Twice (v) -> (s) {
              s = Add(v, v)
            }
            function "local" "" [] {} opset "" 17 graph Other (v) -> (s) {
              s = Neg(v)
            }
            """;

    private static Model cut(String from, String to) throws LatheException {
        Model whole = GraphText.parse(WHOLE);
        Analysis analysis = Analysis.of(whole, DimBindings.NONE, JobContext.quiet());
        return Cutout.between(whole, analysis.inference(), ids(whole, from), ids(whole, to));
    }

    private static List<ValueId> ids(Model model, String names) {
        return Arrays.stream(names.split(","))
                .filter(n -> !n.isEmpty())
                .map(n -> model.graph().valueNamed(n).orElseThrow().id())
                .toList();
    }

    private static void keepsTheRules(Model part) {
        Analysis analysis = Analysis.of(part, DimBindings.NONE, JobContext.quiet());
        assertThat(Verifier.of(analysis, JobContext.quiet()))
                .filteredOn(d -> d.severity() == Severity.ERROR)
                .isEmpty();
    }

    @Test
    void thePartBetweenTwoTensorsIsAModelOfItsOwn() throws LatheException {
        Model part = cut("a", "d");
        assertThat(GraphText.print(part)).isEqualTo("""
                model "ONNX" ir=10
                opset "" 17
                opset "local" 1
                graph g (a: float32[batch, 4]) -> (d: float32[batch, 4]) {
                  const b: float32[4] = float32[4] {1.0, 2.0, 3.0, 4.0}
                  c = Add(a, b)
                  d = local:Twice(c)
                }
                function "local" "" [] {} opset "" 17 graph Twice (v) -> (s) {
                  s = Add(v, v)
                }
                """);
        keepsTheRules(part);
    }

    @Test
    void whatABodyUsesFromOutsideComesAlong() throws LatheException {
        Model part = cut("a,d", "e");
        assertThat(part.graph().inputs().stream().map(part.graph()::nameOf)).containsExactly("a", "d", "mask", "free");
        assertThat(part.graph().nodes()).hasSize(1);
        keepsTheRules(part);
    }

    @Test
    void withNoInputsNamedItBeginsAtThoseOfTheModel() throws LatheException {
        Model part = cut("", "c");
        assertThat(part.graph().inputs().stream().map(part.graph()::nameOf)).containsExactly("x");
        assertThat(part.functions()).isEmpty();
        keepsTheRules(part);
    }

    @Test
    void aFunctionIsTheSameUnderBothNamesOfItsDomain() throws LatheException {
        Model whole = GraphText.parse("""
                model "ONNX" ir=10
                opset "" 17
                graph g (x: float32[2]) -> (y: float32[2]) {
                  a = Twice(x)
                  y = ai.onnx:Twice(a)
                }
                function "ai.onnx" "" [] {} opset "" 17 graph Twice (v) -> (s) {
                  s = Add(v, v)
                }
                """);
        Analysis analysis = Analysis.of(whole, DimBindings.NONE, JobContext.quiet());
        Model part = Cutout.between(whole, analysis.inference(), List.of(), ids(whole, "a"));
        assertThat(part.functions()).hasSize(1);
    }

    @Test
    void aConstantMayBecomeAnInput() throws LatheException {
        Model part = cut("x,w", "a");
        assertThat(part.graph().initializers()).isEmpty();
        keepsTheRules(part);
    }

    @Test
    void anInputThatLeadsNowhereIsNamed() {
        assertThatThrownBy(() -> cut("y", "c"))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("tensor 'y'");
    }

    @Test
    void whatANodeGivesBesideWhatIsNeededMayBeTakenFromOutside() throws Exception {
        Model whole = GraphText.parse("""
                model "ONNX" ir=10
                opset "" 18
                graph g (x: float32[6]) -> (y: float32[3]) {
                  s, t = Split(x) {num_outputs = 2}
                  y = Add(s, t)
                }
                """);
        Analysis analysis = Analysis.of(whole, DimBindings.NONE, JobContext.quiet());
        Model part = Cutout.between(whole, analysis.inference(), ids(whole, "s"), ids(whole, "y"));
        keepsTheRules(part);
        assertThat(GraphText.print(part))
                .contains("graph g (s: float32[3], x: float32[6])", "s_here, t = Split(x)", "y = Add(s, t)");
        assertThat(GraphText.print(GraphText.parse(GraphText.print(part)))).isEqualTo(GraphText.print(part));
    }
}
