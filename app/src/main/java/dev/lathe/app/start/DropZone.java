package dev.lathe.app.start;

import dev.lathe.app.parts.Controls;
import dev.lathe.app.toolbar.Command;
import java.util.List;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// The large field of the start page that says where to drop a model. The drop itself is the whole window's business.
final class DropZone extends VBox {
    DropZone(List<String> extensions, Command open) {
        getStyleClass().add("drop-zone");
        setId("drop-zone");
        Button button = Controls.button(open.icon(), "Open a file", "primary-button", open::run);
        HBox row = new HBox(8, button, Controls.label(open.keyText(), "key-cap"));
        row.setAlignment(Pos.CENTER);
        VBox.setMargin(row, new javafx.geometry.Insets(12, 0, 0, 0));
        String formats = extensions.stream().map(e -> "." + e).collect(Collectors.joining("   "));
        getChildren()
                .addAll(
                        Controls.icon("mdi2f-file-download-outline", "drop-icon"),
                        Controls.label("Drop a model here", "drop-title"),
                        Controls.label(
                                formats + "   anywhere in the window, with or without weights in files beside it",
                                "muted"),
                        row);
    }
}
