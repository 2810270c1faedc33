package dev.lathe.graph.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.graph.Graph;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueNames;
import dev.lathe.graph.text.GraphText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NamesInScopeTest {
    /// `b` and `c` lose their names, `d` gets that of `a`.
    private static Graph graph() throws Exception {
        Graph g = GraphText.parse("""
                model "ONNX" ir=10
                opset "" 17
                graph g (x: float32[2], k: bool[]) -> (y) {
                  a = Relu(x)
                  b = Neg(a)
                  c = Exp(b)
                  d = Abs(c)
                  y = If(k) {then_branch = graph yes () -> (e) { e = Relu(d) }, else_branch = graph no () -> (f) { f = Neg(d) }}
                }
                """).graph();
        Map<ValueId, Value> values = new LinkedHashMap<>();
        for (Value v : g.values()) {
            String name = List.of("b", "c").contains(v.name()) ? "" : v.name().equals("d") ? "a" : v.name();
            values.put(v.id(), v.withName(name));
        }
        return new Graph(g.name(), g.doc(), g.inputs(), g.outputs(), g.nodes(), values, g.initializers(), g.extra());
    }

    @Test
    void everyTensorThatCanBeUsedIsFoundByTheNameThatItIsGiven() throws Exception {
        Graph root = graph();
        Graph no = root.nodes().getLast().subgraphs().getLast();
        ValueNames names = ValueNames.of(root);
        for (Graph g : List.of(root, no)) {
            for (Value v : g.values()) {
                String name = names.of(v.id());
                assertThat(new NamesInScope(root, List.of(root, no)).find(name))
                        .as(name)
                        .contains(v.id());
            }
        }
        assertThat(root.values().stream().map(v -> names.of(v.id()))).contains("value", "value_2", "a", "a_2");
    }

    @Test
    void whatAnotherBranchHasOrNobodyHasIsNotFound() throws Exception {
        Graph root = graph();
        Graph no = root.nodes().getLast().subgraphs().getLast();
        NamesInScope scope = new NamesInScope(root, List.of(root, no));
        for (String name : List.of("e", "d", "a_3", "value_3", "fresh_1", "")) {
            assertThat(scope.find(name)).as(name).isEmpty();
        }
    }

    @Test
    void howOftenOneAsksDoesNotMatter() throws Exception {
        Graph root = graph();
        NamesInScope scope = new NamesInScope(root, List.of(root));
        ValueId x = root.inputs().getFirst();
        assertThat(IntStream.range(0, 30).mapToObj(i -> scope.find("x")))
                .allMatch(f -> f.equals(java.util.Optional.of(x)));
        assertThat(scope.find("f")).isEmpty();
    }
}
