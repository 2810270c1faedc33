package dev.lathe.graph.edit;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Editor;
import dev.lathe.graph.IdSpace;
import dev.lathe.graph.Node;
import dev.lathe.graph.Origin;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.text.GraphText;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// What came from the text of an edit, on its way into a graph.
final class Inserted {
    private static final String BY = "edit";

    private Inserted() {}

    /// What stands in the braces of a statement. Lines and columns of a problem are those in the braces, so it is said
    /// whose they are.
    ///
    /// @param head what stands before the braces
    static GraphText.Fragment read(
            String block, Map<String, ValueId> scope, Map<String, ValueId> give, IdSpace ids, String head)
            throws LatheException {
        try {
            return GraphText.parseFragment(block, scope, give, ids);
        } catch (LatheException e) {
            Diagnostic d = e.diagnostic();
            throw new LatheException(
                    new Diagnostic(
                            d.severity(),
                            d.code(),
                            "in the braces of '" + head + "', " + d.message(),
                            d.place(),
                            d.remedy()),
                    e);
        }
    }

    /// Enters values and constants.
    ///
    /// @param there values that the graph has already
    static void into(Editor editor, GraphText.Fragment fragment, Collection<ValueId> there) {
        for (Value v : fragment.values().values()) {
            if (there.contains(v.id())) {
                editor.declare(v.id(), v.declared());
            } else {
                editor.addValue(v);
            }
        }
        fragment.initializers().forEach(editor::setInitializer);
    }

    /// A node that stands for another, so that what is measured on it is found from the old one.
    static Node of(Node node, Node instead) {
        return node.withOrigin(new Origin.Derived(BY, List.of(instead.origin())));
    }

    static Node invented(Node node) {
        return node.withOrigin(new Origin.Derived(BY, List.of()));
    }
}
