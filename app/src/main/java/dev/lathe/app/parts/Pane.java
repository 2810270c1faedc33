package dev.lathe.app.parts;

import java.util.List;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
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

    /// What stands behind the title in the tab strip, such as a number; it may change and be empty.
    default Optional<ObservableValue<String>> badge() {
        return Optional.empty();
    }

    /// This pane with such a badge.
    default Pane withBadge(ObservableValue<String> badge) {
        return new Badged(this, badge);
    }

    /// A pane with something behind its title.
    record Badged(Pane pane, ObservableValue<String> text) implements Pane {
        @Override
        public String title() {
            return pane.title();
        }

        @Override
        public String icon() {
            return pane.icon();
        }

        @Override
        public Node node() {
            return pane.node();
        }

        @Override
        public List<Node> tools() {
            return pane.tools();
        }

        @Override
        public Optional<ObservableValue<String>> badge() {
            return Optional.of(text);
        }
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
