package dev.lathe.graph.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.LatheException;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.DType;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.op.Known;
import dev.lathe.graph.text.GraphText;
import org.junit.jupiter.api.Test;

class ScopeTest {
    @Test
    void aBodyThatIsPutBackAsItWasIsLeftByALaterRefusal() throws LatheException {
        Model model = GraphText.parse("""
                model "ONNX" ir=10
                opset "" 17
                graph g (x: float32[2], c: bool[]) -> (y) {
                  y = If(c) {then_branch = graph yes () -> (a) {
                    a = Relu(x)
                  }, else_branch = graph no () -> (b) {
                    b = Abs(x)
                  }}
                }
                """);
        Graph body = model.graph().nodes().getFirst().subgraphs().getFirst();
        ValueId a = body.outputs().getFirst();
        Scope scope = new Scope(Positions.of(model.graph()), new FactBudget(model), model.opsets(), Attrs.NONE);
        scope.enter(body);
        Known known = Known.of(ValueType.tensor(DType.FLOAT32, Shape.of()));
        scope.know(a, known);

        Runnable restore = scope.saved(body);
        scope.notEntered(body);
        assertThat(scope.known(a)).isEqualTo(Known.NOTHING);
        restore.run();
        assertThat(scope.known(a)).isEqualTo(known);
        scope.notEntered(body);
        assertThat(scope.known(a)).isEqualTo(Known.NOTHING);
    }
}
