package dev.lathe.app.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.JobContext;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.io.Formats;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScopeTreeTest {
    @Test
    void aTransformerIsReadAsItsBlocksAndLayers(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("minilm.onnx");
        try (InputStream in = getClass().getResourceAsStream("/all-minilm-l6-v2.onnx")) {
            Files.copy(in, file);
        }
        Graph graph = Formats.open(file, JobContext.quiet()).graph();
        ScopeTree tree = ScopeTree.of(graph);
        assertThat(TreeText.of(tree, 1)).isEqualTo("""
                = Mul 7
                + embeddings 24
                + encoder.layer.0 101
                + encoder.layer.1 101
                + encoder.layer.2 101
                + encoder.layer.3 101
                + encoder.layer.4 101
                + encoder.layer.5 101
                """);
        assertThat(TreeText.of(tree, 2)).contains("""
                + encoder.layer.2 101
                  = query 15
                  = key 15
                  = value 15
                  = scores 4
                  = Softmax 1
                  = context 13
                  = attention.output.dense 2
                  = attention.output.LayerNorm 12
                  = intermediate.dense 2
                  = intermediate_act_fn 8
                  = output.dense 2
                  = output.LayerNorm 12
                """);
        everyNodeIsThereOnce(graph, tree);
        Node dense = graph.nodes().stream()
                .filter(n -> n.name().equals("/encoder/layer.2/intermediate/dense/MatMul"))
                .findFirst()
                .orElseThrow();
        assertThat(tree.layerName(dense.id())).isEqualTo("encoder.layer.2.intermediate.dense");
        assertThat(tree.layerOf(dense.id()).orElseThrow().head()).contains(dense.id());
    }

    @Test
    void namesOfWeightsGiveScopesWhereNodesHaveNone() {
        Sketch s = new Sketch().input("x");
        String at = "x";
        for (int b = 0; b < 3; b++) {
            String p = "encoder.layer." + b;
            s.weight(p + ".attention.query.weight", 8, 8).weight(p + ".ffn.weight", 8, 8);
            s.node("MatMul_" + b * 3, "MatMul", "q" + b, at, p + ".attention.query.weight");
            s.node("Softmax_" + b, "Softmax", "s" + b, "q" + b);
            s.node("MatMul_" + (b * 3 + 1), "MatMul", "f" + b, "s" + b, p + ".ffn.weight");
            at = "f" + b;
        }
        ScopeTree tree = ScopeTree.of(s.output(at).graph());
        assertThat(TreeText.of(tree, 2)).isEqualTo("""
                + encoder.layer.0 3
                  = attention.query 1
                  = Softmax_0 1
                  = ffn 1
                + encoder.layer.1 3
                  = attention.query 1
                  = Softmax_1 1
                  = ffn 1
                + encoder.layer.2 3
                  = attention.query 1
                  = Softmax_2 1
                  = ffn 1
                """);
    }

    @Test
    void aConvolutionTakesItsNormalizationAndActivation() {
        Sketch s = new Sketch().input("x").weight("w", 8, 8, 3, 3).weight("b", 8);
        s.node("Conv_0", "Conv", "1", "x", "w").node("BatchNormalization_1", "BatchNormalization", "2", "1", "b");
        s.node("Relu_2", "Relu", "3", "2").node("MaxPool_3", "MaxPool", "4", "3");
        ScopeTree tree = ScopeTree.of(s.output("4").graph());
        assertThat(TreeText.of(tree, 1)).isEqualTo("= Conv_0 3\n= MaxPool_3 1\n");
    }

    @Test
    void constantsAndShapeArithmeticAreFolded() {
        Sketch s = new Sketch().input("x");
        s.node("/a/Shape", "Shape", "s", "x").node("/a/Constant", "Constant", "c");
        s.node("/a/Gather", "Gather", "g", "s", "c").node("/a/Concat", "Concat", "d", "g", "c");
        s.node("/a/Reshape", "Reshape", "y", "x", "d").output("y");
        ScopeTree tree = ScopeTree.of(s.graph());
        assertThat(tree.leaf(new NodeId(0)).orElseThrow().folded()).isTrue();
        assertThat(tree.leaf(new NodeId(1)).orElseThrow().folded()).isTrue();
        assertThat(tree.leaf(new NodeId(3)).orElseThrow().folded()).isTrue();
        assertThat(tree.leaf(new NodeId(4)).orElseThrow().folded()).isFalse();
    }

    @Test
    void aGraphWithoutNamesIsCutIntoPartsOfReadableSize() {
        Graph graph = Sketch.nameless(2_000).graph();
        ScopeTree tree = ScopeTree.of(graph);
        everyNodeIsThereOnce(graph, tree);
        checkSizes(tree.root());
    }

    private static void checkSizes(ScopeTree.Scope s) {
        if (!s.isLayer()) {
            assertThat(s.shownItems()).isLessThanOrEqualTo(60);
        }
        s.items().forEach(i -> {
            if (i instanceof ScopeTree.Scope c) {
                checkSizes(c);
            }
        });
    }

    @Test
    void theSameGraphGivesTheSameTree() {
        Sketch s = Sketch.blocks(7);
        assertThat(TreeText.of(ScopeTree.of(s.graph()), 9)).isEqualTo(TreeText.of(ScopeTree.of(s.graph()), 9));
    }

    private static void everyNodeIsThereOnce(Graph graph, ScopeTree tree) {
        List<NodeId> found = new ArrayList<>();
        collect(tree.root(), found);
        assertThat(found).doesNotHaveDuplicates();
        assertThat(found)
                .containsExactlyInAnyOrderElementsOf(
                        graph.nodes().stream().map(Node::id).toList());
        assertThat(tree.root().nodes()).hasSameSizeAs(graph.nodes());
    }

    private static void collect(ScopeTree.Scope s, List<NodeId> into) {
        for (ScopeTree.Item i : s.items()) {
            switch (i) {
                case ScopeTree.Leaf l -> into.add(l.node());
                case ScopeTree.Scope c -> collect(c, into);
            }
        }
    }
}
