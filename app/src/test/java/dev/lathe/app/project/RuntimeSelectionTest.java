package dev.lathe.app.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.text.GraphText;
import dev.lathe.profile.RuntimeGraph;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A MatMul, its bias and an activation became one kernel; a Reshape went away; a copy stands for nothing.
class RuntimeSelectionTest {
    private Model source;
    private Model runtime;
    private RuntimeSelection link;

    private static Model model(String graph) throws LatheException {
        return GraphText.parse("model \"ONNX\" ir=8\nopset \"\" 17\n" + graph);
    }

    @BeforeEach
    void aFusedGraph() throws Exception {
        source = model("""
                graph g (x: float32[8, 8]) -> (y: float32[8, 8]) {
                  const w = float32[8, 8] elided 256
                  const b = float32[8] elided 32
                  h = MatMul(x, w) as dense
                  a = Add(h, b) as bias
                  r = Relu(a) as act
                  s = Identity(r) as gone
                  y = Exp(s) as last
                }
                """);
        runtime = model("""
                graph g (x: float32[8, 8]) -> (y: float32[8, 8]) {
                  const w = float32[8, 8] elided 256
                  c = Identity(x) as copy
                  r = MatMul(c, w) as fused
                  y = Exp(r) as last
                }
                """);
        link = new RuntimeSelection(
                new RuntimeGraph(
                        Analysis.of(runtime, DimBindings.NONE, JobContext.quiet()),
                        Map.of(),
                        Map.of(
                                kernel("fused"), Map.of(layer("dense"), 0.9, layer("bias"), 0.05, layer("act"), 0.05),
                                kernel("last"), Map.of(layer("last"), 1.0)),
                        Optional.empty()),
                source);
    }

    private NodeId layer(String name) {
        return id(source, name);
    }

    private NodeId kernel(String name) {
        return id(runtime, name);
    }

    private static NodeId id(Model m, String name) {
        return m.graph().nodes().stream()
                .filter(n -> n.name().equals(name))
                .findFirst()
                .orElseThrow()
                .id();
    }

    @Test
    void aKernelIsItsLargestLayerAndEachOfItsLayersIsTheKernel() {
        assertThat(link.inSource(Selection.node(kernel("fused")))).isEqualTo(Selection.node(layer("dense")));
        for (String name : new String[] {"dense", "bias", "act"}) {
            assertThat(link.ofSource(Selection.node(layer(name)))).isEqualTo(Selection.node(kernel("fused")));
            assertThat(link.standsFor(Selection.node(kernel("fused")), Selection.node(layer(name))))
                    .isTrue();
        }
        assertThat(link.standsFor(Selection.node(kernel("last")), Selection.node(layer("dense"))))
                .isFalse();
        assertThat(link.layersOf(kernel("fused"))).hasSize(3);
    }

    @Test
    void whatTheRuntimeRemovedOrAddedIsNothingOnTheOtherSide() {
        assertThat(link.ofSource(Selection.node(layer("gone")))).isEqualTo(Selection.NONE);
        assertThat(link.inSource(Selection.node(kernel("copy")))).isEqualTo(Selection.NONE);
        assertThat(link.standsFor(Selection.node(kernel("copy")), Selection.NONE))
                .as("it stays selected")
                .isTrue();
        assertThat(link.words(kernel("copy"))).containsExactly("stands for no layer of the model");
        assertThat(link.words(kernel("fused")).getFirst()).startsWith("stands for dense, ");
    }

    @Test
    void tensorsAreTheSameByNameAndBlocksByPath() {
        Selection r =
                Selection.value(source.graph().valueNamed("r").orElseThrow().id());
        Selection there =
                Selection.value(runtime.graph().valueNamed("r").orElseThrow().id());
        assertThat(link.ofSource(r)).isEqualTo(there);
        assertThat(link.inSource(there)).isEqualTo(r);
        assertThat(link.ofSource(Selection.value(
                        source.graph().valueNamed("h").orElseThrow().id())))
                .isEqualTo(Selection.NONE);
        assertThat(link.ofSource(Selection.scope("encoder/layer.1"))).isEqualTo(Selection.scope("encoder/layer.1"));
    }
}
