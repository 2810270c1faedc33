package dev.lathe.app.dialogs;

import dev.lathe.app.graph.CanvasActs;
import dev.lathe.app.parts.Controls;
import dev.lathe.app.toolbar.Command;
import dev.lathe.app.toolbar.Commands;
import java.util.List;
import javafx.geometry.HPos;
import javafx.geometry.Insets;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// F1: every key and what it does.
public final class KeyHelp extends VBox {
    public KeyHelp(Commands commands) {
        super(12);
        setId("key-help");
        setPadding(new Insets(16));
        setPrefWidth(560);
        GridPane grid = new GridPane(24, 6);
        ColumnConstraints half = new ColumnConstraints();
        half.setHgrow(Priority.ALWAYS);
        ColumnConstraints key = new ColumnConstraints();
        key.setHalignment(HPos.RIGHT);
        grid.getColumnConstraints().addAll(half, key, half, key);
        List<Command> withKey =
                commands.all().stream().filter(c -> c.key().isPresent()).toList();
        int rows = (withKey.size() + 1) / 2;
        for (int i = 0; i < withKey.size(); i++) {
            Label cap = Controls.label(withKey.get(i).keyText(), "key-cap");
            grid.add(Controls.label(withKey.get(i).title(), "small"), 2 * (i / rows), i % rows);
            grid.add(cap, 2 * (i / rows) + 1, i % rows);
        }
        getChildren()
                .addAll(Controls.label("Keys", "strong"), grid, Controls.label("On the graph", "strong"), onTheGraph());
    }

    private static GridPane onTheGraph() {
        GridPane grid = new GridPane(24, 6);
        int row = 0;
        for (CanvasActs.Act act : CanvasActs.all()) {
            grid.add(Controls.label(act.what(), "small"), 0, row);
            grid.add(Controls.label(act.how(), "key-cap"), 1, row++);
        }
        return grid;
    }
}
