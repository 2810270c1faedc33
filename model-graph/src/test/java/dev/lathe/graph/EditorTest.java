package dev.lathe.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lathe.core.LatheException;
import dev.lathe.graph.text.GraphText;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EditorTest {
    private final Graph chain = parse("""
            graph g (x) -> (y) {
              a = Relu(x)
              b = Identity(a)
              y = Sigmoid(b)
            }
            """);

    private static Graph parse(String text) {
        try {
            return GraphText.parseGraph(text);
        } catch (LatheException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static ValueId id(Graph g, String name) {
        return g.valueNamed(name).orElseThrow().id();
    }

    @Test
    void aCommitWithoutAChangeIsTheSameGraph() {
        assertThat(chain.edit().commit()).isSameAs(chain);
    }

    @Test
    void anEditorCommitsOnce() {
        Editor e = chain.edit();
        e.commit();
        assertThatThrownBy(e::commit).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void newTensorsHaveNamesOfTheirOwnHoweverManyThereAre() {
        Editor e = chain.edit();
        List<ValueId> made = IntStream.range(0, 30)
                .mapToObj(i -> e.addValue(i % 2 == 0 ? "a" : "b", ValueType.unknown()))
                .toList();
        e.setOutputs(made);
        Graph g = e.commit();
        assertThat(g.values().stream().map(Value::name)).doesNotHaveDuplicates().contains("a", "b", "a_2", "b_16");
    }

    @Test
    void aNodeIsTakenOutByRedirectingItsUsers() {
        Editor e = chain.edit();
        assertThat(e.redirect(id(chain, "b"), id(chain, "a"))).isTrue();
        e.remove(chain.producer(id(chain, "b")).orElseThrow().id());
        assertThat(GraphText.print(e.commit())).isEqualTo("""
                        graph g (x) -> (y) {
                          a = Relu(x)
                          y = Sigmoid(a)
                        }
                        """);
    }

    @Test
    void aGraphOutputKeepsItsNameWhenItIsRedirected() {
        Graph g = parse("graph g (x) -> (y) {\n  a = Relu(x)\n  y = Identity(a)\n}");
        Editor e = g.edit();
        assertThat(e.redirect(id(g, "y"), id(g, "a"))).isTrue();
        e.remove(g.nodes().getLast().id());
        assertThat(GraphText.print(e.commit())).isEqualTo("graph g (x) -> (y) {\n  y = Relu(x)\n}\n");
    }

    @Test
    void anOutputIsNotRedirectedToAnInput() {
        Graph g = parse("graph g (x) -> (y) {\n  y = Identity(x)\n}");
        Editor e = g.edit();
        assertThat(e.redirect(id(g, "y"), id(g, "x"))).isFalse();
        assertThat(e.commit()).isSameAs(g);
    }

    @Test
    void anInputThatIsAnOutputKeepsItsName() {
        Graph g = parse("graph g (x) -> (x, y) {\n  y = Identity(x)\n}");
        Editor e = g.edit();
        assertThat(e.redirect(id(g, "x"), id(g, "y"))).isFalse();
        ValueId more = e.addValue("more", ValueType.unknown());
        assertThat(e.redirect(id(g, "x"), more)).isFalse();
    }

    @Test
    void aRedirectReachesIntoSubgraphs() {
        Graph g = parse("""
                graph g (x, c) -> (y) {
                  a = Identity(x)
                  y = If(c) {then_branch = graph t () -> (q) {
                    q = Relu(a)
                  }, else_branch = graph e () -> (a) {
                  }}
                }
                """);
        Editor e = g.edit();
        e.redirect(id(g, "a"), id(g, "x"));
        e.remove(g.nodes().getFirst().id());
        assertThat(GraphText.print(e.commit()))
                .contains("q = Relu(x)")
                .contains("graph e () -> (x)")
                .doesNotContain("Identity");
    }

    @Test
    void aNewValueGetsAFreshName() {
        Editor e = chain.edit();
        ValueId v = e.addValue("a", ValueType.unknown());
        NodeId n = e.newNodeId();
        e.add(Node.of(n, "", "Neg", List.of(id(chain, "x")), List.of(v), new Origin.Derived("test", List.of())));
        Graph after = e.commit();
        assertThat(after.nameOf(v)).isEqualTo("a_2");
        assertThat(chain.value(v)).isEmpty();
        assertThat(after.nodes().getFirst()).isSameAs(chain.nodes().getFirst());
    }

    @Test
    void aNodeThatUsesALaterOneIsSortedBehindIt() {
        Editor e = chain.edit();
        ValueId v = e.addValue("late", ValueType.unknown());
        e.addBefore(
                chain.nodes().getFirst().id(),
                Node.of(
                        e.newNodeId(),
                        "",
                        "Neg",
                        List.of(id(chain, "y")),
                        List.of(v),
                        new Origin.Derived("t", List.of())));
        assertThat(e.commit().nodes()).extracting(Node::op).containsExactly("Relu", "Identity", "Sigmoid", "Neg");
    }

    @Test
    void anEditThatMakesACycleIsOurMistake() {
        Editor e = chain.edit();
        Node relu = chain.nodes().getFirst();
        e.replace(relu.withInputs(List.of(id(chain, "b"))));
        assertThatThrownBy(e::commit).isInstanceOf(IllegalStateException.class).hasMessageContaining("cycle");
    }
}
