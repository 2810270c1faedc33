package dev.lathe.app.edit;

import dev.lathe.app.edit.EditOffer.Kind;
import dev.lathe.app.graph.ScopeTree;
import dev.lathe.app.project.Selection;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.analyze.Analysis;
import java.util.List;
import java.util.Optional;

/// The edits that make sense for what is selected.
public final class EditOffers {
    private EditOffers() {}

    /// Any statement, for whoever knows what to write.
    public static EditOffer free() {
        return EditOffer.of(
                Kind.FREE, "Statements", "", "", "", "One statement a line or block; a comment begins with #.");
    }

    /// In the order of the menu; empty when nothing is selected or nothing makes sense.
    public static List<EditOffer> of(Analysis shown, Optional<ScopeTree> tree, Selection selection) {
        return switch (selection) {
            case Selection.None n -> List.of();
            case Selection.OfNode(NodeId node) -> LayerOffers.of(shown, node);
            case Selection.OfValue(ValueId value) -> TensorOffers.of(shown, value);
            case Selection.OfScope(String path) ->
                tree.flatMap(t -> t.scope(path)).map(s -> ofScope(shown, s)).orElse(List.of());
        };
    }

    /// What the offers are about, in words.
    public static String subject(Analysis shown, Optional<ScopeTree> tree, Selection selection) {
        return switch (selection) {
            case Selection.None n -> "the model";
            case Selection.OfNode(NodeId node) ->
                shown.model().graph().node(node).map(Node::shownName).orElse("a layer");
            case Selection.OfValue(ValueId value) -> shown.model().graph().nameOf(value);
            case Selection.OfScope(String path) ->
                tree.flatMap(t -> t.scope(path)).map(ScopeTree.Scope::label).orElse("the model");
        };
    }

    private static List<EditOffer> ofScope(Analysis shown, ScopeTree.Scope scope) {
        return scope.isLayer() && scope.head().isPresent()
                ? LayerOffers.of(shown, scope.head().get())
                : CutOffer.of(shown.model().graph(), scope.nodes()).stream().toList();
    }
}
