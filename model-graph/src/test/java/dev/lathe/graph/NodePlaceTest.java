package dev.lathe.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.LatheException;
import dev.lathe.graph.text.GraphText;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Nodes and where they stand, bodies included.
class NodePlaceTest {
    private static List<NodePlace> places(String graph) throws LatheException {
        return NodePlace.all(
                GraphText.parse("model \"ONNX\" ir=8\nopset \"\" 17\n" + graph).graph());
    }

    @Test
    void anEmptyGraphHasNone() throws LatheException {
        assertThat(places("graph g (x: float32[4]) -> (x) {\n}\n")).isEmpty();
    }

    @Test
    void nodesOfTheMainGraphStandNowhereButThere() throws LatheException {
        List<NodePlace> places =
                places("graph g (x: float32[4]) -> (y) {\n a = Relu(x) as one\n y = Tanh(a) as two\n}\n");
        assertThat(places).extracting(NodePlace::shownName).containsExactly("one", "two");
        assertThat(places).extracting(NodePlace::in).containsOnly("");
    }

    private static final String NESTED = """
            graph g (x: float32[8], c: bool[], t: int64[]) -> (z) {
              y = If(c) {then_branch = graph yes () -> (a) {
                a = Loop(t, _, x) {body = graph body (i: int64[], k: bool[], v: float32[8]) -> (l, w) {
                  l = Identity(k) as "keep going"
                  w = Relu(v) as "a/b.c"
                }} as turn
              }, else_branch = graph no () -> (b) {
                b = Tanh(x) as "a/b.c"
              }} as "to choose"
              z = Sigmoid(y)
            }
            """;

    @Test
    void bodiesStandBeforeTheNodeThatRunsThemAtAnyDepth() throws LatheException {
        List<NodePlace> places = places(NESTED);
        assertThat(places)
                .extracting(NodePlace::shownName)
                .startsWith(
                        "to choose.then_branch/turn.body/keep going",
                        "to choose.then_branch/turn.body/a/b.c",
                        "to choose.then_branch/turn",
                        "to choose.else_branch/a/b.c",
                        "to choose")
                .hasSize(6);
        assertThat(places.getLast().shownName())
                .as("a node without a name shows its operator and a number")
                .startsWith("Sigmoid_");
    }

    @Test
    void everyNodeIsThereOnceWithTheGraphThatHoldsIt() throws LatheException {
        List<NodePlace> places = places(NESTED);
        Set<NodeId> ids = new HashSet<>();
        assertThat(places).allSatisfy(p -> {
            assertThat(p.graph().nodes()).contains(p.node());
            assertThat(ids.add(p.node().id())).isTrue();
        });
    }

    @Test
    void theBodiesOfOneAttributeAreToldApart() throws LatheException {
        List<NodePlace> places = places("""
                graph g (x: float32[8]) -> (y) {
                  y = lab:Cases(x) {cases = graphs [graph first () -> (a) {
                    a = Relu(x) as act
                  }, graph second () -> (b) {
                    b = Tanh(x) as act
                  }]} as pick
                }
                """);
        assertThat(places)
                .extracting(NodePlace::shownName)
                .containsExactly("pick.cases[0]/act", "pick.cases[1]/act", "pick");
    }
}
