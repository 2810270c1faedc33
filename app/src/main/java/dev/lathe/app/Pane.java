package dev.lathe.app;

import javafx.scene.Node;

/// A part of the window with its place in the shell: a tab of the bottom strip or a side pane. `icon` is an
/// Ikonli literal such as `mdi2t-table`.
public interface Pane {
    String title();

    String icon();

    Node node();
}
