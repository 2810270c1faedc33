package dev.lathe.graph.edit;

import static dev.lathe.graph.edit.EditsTest.edited;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What the users of a node use once it is taken out.
class RemovedNodesTest {
    @Test
    void inANodesPlaceStandsItsInputThatIsNoConstant() throws Exception {
        String scaled = """
                model "ONNX" ir=8
                opset "" 17
                graph main (x: float32[4], c: bool[]) -> (y: float32[4], z) {
                  const w = float32[4] {1.0, 2.0, 3.0, 4.0}
                  one = Constant() {value = float32[] {1.0}}
                  two = Add(one, one)
                  m = Mul(two, x) as scale
                  y = Relu(m)
                  z = If(c) {
                    then_branch = graph yes () -> (b) {
                      a = Mul(w, x) as weigh
                      b = Exp(a)
                    },
                    else_branch = graph no () -> (d) {
                      d = Neg(x)
                    }
                  }
                }
                """;
        assertThat(edited(scaled, "remove scale")).contains("y = Relu(x)").doesNotContain("Mul(two");
        assertThat(edited(scaled, "remove weigh")).contains("b = Exp(x)");
        assertThat(edited(scaled.replace("m = Mul(two, x)", "m = Cast(two) {to = 1}"), "remove scale"))
                .as("where all are constant, what a node gives")
                .contains("y = Relu(two)");
    }
}
