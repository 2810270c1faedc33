package dev.lathe.graph.analyze;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.Place;
import dev.lathe.graph.Node;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What inference finds wrong, as diagnostics with the node's place. How grave a finding is depends on whether the
/// graph around it is sure to run.
final class Contradictions {
    private final Set<Diagnostic> diagnostics = new LinkedHashSet<>();
    private int bodies;
    private int counted;

    /// What follows is inside a body that may never run, until [#leaveBody].
    void enterBody() {
        bodies++;
    }

    void leaveBody() {
        bodies--;
    }

    /// Whether the graph that is gone through is sure to run.
    boolean isCertain() {
        return bodies == 0;
    }

    /// How many sizes contradicted each other, in graphs that may run.
    int counted() {
        return counted;
    }

    void counted(int amount) {
        counted = amount;
    }

    /// What no runtime runs. Inside a branch or loop body it is only a remark: for these sizes the body may just never
    /// run.
    void contradiction(Node node, String sentence) {
        counted++;
        diagnostics.add(
                isCertain()
                        ? Diagnostic.error("shape-contradiction", sentence, place(node))
                        : Diagnostic.info("shape-contradiction-in-branch", sentence, place(node)));
    }

    /// What ONNX Runtime finds when it loads the model, whether the graph runs or not.
    ///
    /// @param beyondLoading whether it cannot find it there, since it does not know as much as inference does here
    void misfit(Node node, String sentence, boolean beyondLoading) {
        if (beyondLoading) {
            contradiction(node, sentence);
        } else {
            counted++;
            diagnostics.add(Diagnostic.error("shape-contradiction", sentence, place(node)));
        }
    }

    /// What the standard forbids and ONNX Runtime accepts, or what could not be followed.
    void doubt(Node node, String sentence) {
        diagnostics.add(
                isCertain()
                        ? Diagnostic.warning("shape-contradiction", sentence, place(node))
                        : Diagnostic.info("shape-contradiction-in-branch", sentence, place(node)));
    }

    /// What is wrong for all sizes.
    void fault(Node node, String sentence) {
        diagnostics.add(Diagnostic.error("node-contradiction", sentence, place(node)));
    }

    List<Diagnostic> all() {
        return List.copyOf(diagnostics);
    }

    private static Place place(Node node) {
        return new Place.AtNode(node.shownName(), node.qualifiedOp());
    }
}
