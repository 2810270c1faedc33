package dev.lathe.app.compare;

import dev.lathe.app.parts.Controls;
import dev.lathe.app.parts.EmptyPane;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;

/// Two measurements layer by layer: a part of the Compare tab.
final class RunsView extends StackPane {
    private final RunsTable table;
    private final RunsBar bar;
    private final DamagedRuns damaged = new DamagedRuns();
    private final Label remark = Controls.label("", "compare-remark");
    private final BorderPane content;
    private final EmptyPane empty = new EmptyPane(
            "mdi2h-history",
            "Nothing to compare yet",
            "Run a variant twice (F5), or two variants: each run is kept, and here is what changed between two of them.");

    RunsView(RunsViewModel model) {
        table = new RunsTable(model);
        bar = new RunsBar(model);
        remark.setWrapText(true);
        content = new BorderPane(table);
        content.setBottom(remark);
        BorderPane all = new BorderPane(new StackPane(content, empty));
        all.setTop(damaged);
        getChildren().add(all);
        model.state().subscribe(this::show);
    }

    Node tools() {
        return bar;
    }

    private void show(RunsState s) {
        boolean some = s.before().isPresent() && s.after().isPresent();
        content.setVisible(some);
        empty.setVisible(!some);
        bar.setVisible(some);
        bar.setManaged(some);
        damaged.show(s.troubles());
        table.show(s);
        bar.show(s);
        List<String> other = s.comparison().map(c -> c.otherConditions()).orElse(List.of());
        remark.setText(other.isEmpty() ? "" : "Not measured in the same way: " + String.join(", ", other) + ".");
        remark.setVisible(!other.isEmpty());
        remark.setManaged(!other.isEmpty());
    }
}
