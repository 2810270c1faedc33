package dev.lathe.graph.verify;

import dev.lathe.core.Place;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.Function;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.io.onnx.FileForm;
import dev.lathe.graph.io.onnx.KeptEntries;
import java.util.Map;

/// The file itself is in order: nodes stand behind those that they use, attributes have a type and one value, no key
/// of the metadata comes twice. Opening puts the order of nodes and the types right, and so does every file that is
/// written here; but whoever else reads this file may refuse it.
final class FileFormRule implements Rule {
    /// Since this IR version an attribute tells its type.
    private static final long TYPED_ATTRIBUTES = 2;

    @Override
    public void check(Subject s) {
        for (String key : KeptEntries.metadataTwice(s.model().extra())) {
            s.error("metadata-twice", "the metadata has the key '" + key + "' more than once", Place.nowhere());
        }
        for (String domain : KeptEntries.importsTwice(s.model().extra())) {
            s.warning(
                    "opset-twice",
                    "the operator set " + Subject.words(domain) + " is imported more than once; the last import counts",
                    Place.nowhere());
        }
        s.model().graph().forEachGraph(g -> order(s, g));
        for (Function f : s.model().functions()) {
            f.body().forEachGraph(g -> order(s, g));
            f.defaults()
                    .entries()
                    .forEach(e -> attribute(s, e, new Place.AtNode(f.name(), Subject.words(f.domain()) + " function")));
        }
        s.forEachNode((node, graph, opsets) -> {
            domain(s, node, opsets);
            for (Attrs.Entry e : node.attrs().entries()) {
                attribute(s, e, Subject.place(node));
            }
        });
    }

    private static void order(Subject s, Graph graph) {
        if (FileForm.isUnsorted(graph)) {
            s.error(
                    "nodes-unsorted",
                    "in the file, nodes of the graph '" + graph.name() + "' stand before nodes that make what they use",
                    Place.nowhere());
        }
    }

    private static void domain(Subject s, Node node, Map<String, Long> opsets) {
        if (FileForm.hasLongDomain(node) && opsets.containsKey("") && !opsets.containsKey("ai.onnx")) {
            s.error(
                    "opset-missing",
                    "the node is of the operator set 'ai.onnx', which is imported only by its other name ''",
                    node);
        }
    }

    private static void attribute(Subject s, Attrs.Entry e, Place at) {
        if (s.model().irVersion() >= TYPED_ATTRIBUTES && FileForm.isUntyped(e)) {
            s.error("attribute-untyped", "the attribute '" + e.name() + "' does not tell its type", at);
        }
        if (FileForm.hasFurtherValue(e)) {
            s.error("attribute-twofold", "the attribute '" + e.name() + "' has a value besides that of its type", at);
        }
    }
}
