package dev.lathe.app.parts;

import java.util.List;
import javafx.scene.Node;

/// A part of the window with its place in the shell: a tab of the bottom strip or a side pane. `icon` is an
/// Ikonli literal such as `mdi2t-table`.
public interface Pane {
    String title();

    String icon();

    Node node();

    /// What stands at the right of the tab strip while this pane is in front.
    default List<Node> tools() {
        return List.of();
    }

    static Pane of(String title, String icon, Node node, Node... tools) {
        return new Fixed(title, icon, node, List.of(tools));
    }

    /// A pane whose parts are made already.
    record Fixed(String title, String icon, Node node, List<Node> tools) implements Pane {
        public Fixed {
            tools = List.copyOf(tools);
        }
    }
}
