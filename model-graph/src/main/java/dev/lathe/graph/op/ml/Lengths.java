package dev.lathe.graph.op.ml;

import dev.lathe.graph.op.InferContext;
import java.util.List;

/// How long the lists in attributes of ai.onnx.ml are: ONNX Runtime looks at that when it loads the model. Only what is
/// wrong first is told.
final class Lengths {
    private final InferContext c;
    private boolean fit;

    private Lengths(InferContext c) {
        this.c = c;
        fit = !c.isWrong();
    }

    static Lengths of(InferContext c) {
        return new Lengths(c);
    }

    /// The number of elements of the first of these lists that the node has.
    long count(String... names) {
        return MlRules.count(c.attrs(), names);
    }

    boolean fit() {
        return fit;
    }

    Lengths require(boolean holds, String sentence) {
        if (fit && !holds) {
            fit = false;
            c.fault(sentence);
        }
        return this;
    }

    /// One of these lists is there and has elements.
    Lengths given(String... names) {
        return require(count(names) > 0, "'" + String.join("' or '", names) + "' must be given");
    }

    /// The first of these lists that the node has is as long as `wanted`.
    Lengths exactly(long wanted, String... names) {
        long n = count(names);
        return require(n == wanted, "'" + names[0] + "' has " + n + " elements, and must have " + wanted);
    }

    /// The parameters of a kernel: none, or gamma, constant and degree.
    Lengths kernel() {
        long n = count("kernel_params");
        return require(c.attrs().has("kernel_params"), "'kernel_params' must be given")
                .require(n == 0 || n == 3, "'kernel_params' has " + n + " numbers, and must have 3 or none");
    }

    /// The nodes of trees, one element each in lists of one length; and what leaves hold for targets or classes.
    ///
    /// @param leaf how the lists of leaves are called, `target` or `class`
    Lengths trees(String leaf) {
        long nodes = count("nodes_falsenodeids");
        given("nodes_falsenodeids");
        for (String list :
                List.of("nodes_featureids", "nodes_modes", "nodes_nodeids", "nodes_treeids", "nodes_truenodeids")) {
            exactly(nodes, list);
        }
        exactly(nodes, "nodes_values", "nodes_values_as_tensor");
        long leaves = count(leaf + "_ids");
        return exactly(leaves, leaf + "_nodeids")
                .exactly(leaves, leaf + "_treeids")
                .exactly(leaves, leaf + "_weights", leaf + "_weights_as_tensor");
    }
}
