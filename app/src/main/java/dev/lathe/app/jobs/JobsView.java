package dev.lathe.app.jobs;

import dev.lathe.app.parts.Controls;
import dev.lathe.app.parts.Pane;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// The Jobs tab: each job with its step, progress and Cancel.
public final class JobsView implements Pane {
    private final JobsViewModel model;
    private final VBox list = new VBox();
    private final Map<Long, Row> rows = new HashMap<>();
    private final StackPane root;

    public JobsView(JobsViewModel model) {
        this.model = model;
        ScrollPane scroll = new ScrollPane(list);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        Node empty = new dev.lathe.app.parts.EmptyState(
                "mdi2p-progress-clock", "Nothing is running", "What takes longer than a moment is listed here.");
        root = new StackPane(empty, scroll);
        root.setId("jobs-pane");
        list.getStyleClass().add("pane");
        model.onRows(next -> {
            empty.setVisible(next.isEmpty());
            scroll.setVisible(!next.isEmpty());
            // Jobs report many times a second: a tab that is not in front is filled when it comes there.
            if (root.isVisible()) {
                show(next);
            }
        });
        root.visibleProperty().subscribe(visible -> {
            if (visible) {
                show(model.rows());
            }
        });
    }

    @Override
    public String title() {
        return "Jobs";
    }

    @Override
    public String icon() {
        return "mdi2p-progress-clock";
    }

    @Override
    public Node node() {
        return root;
    }

    private void show(List<JobRow> next) {
        rows.keySet().removeIf(n -> next.stream().noneMatch(r -> r.number() == n));
        List<Node> nodes = next.stream()
                .map(r -> {
                    Row row = rows.computeIfAbsent(r.number(), n -> new Row(n, r.icon()));
                    row.update(r);
                    return (Node) row;
                })
                .toList();
        if (!list.getChildren().equals(nodes)) {
            list.getChildren().setAll(nodes);
        }
    }

    private final class Row extends HBox {
        private final Label title = Controls.label("", "strong");
        private final Label step = Controls.label("", "muted", "small");
        private final ProgressBar bar = new ProgressBar();
        private final FontIcon picture;
        private final Button cancel;
        private final VBox words;
        private Optional<JobRow> shown = Optional.empty();

        Row(long number, String icon) {
            picture = Controls.icon(icon, "accent");
            getStyleClass().add("job-row");
            cancel = Controls.button("mdi2c-close", "Cancel", "plain-button", () -> model.cancel(number));
            bar.setMaxWidth(Double.MAX_VALUE);
            HBox line = new HBox(12, title, Controls.gap(), step);
            line.setAlignment(Pos.CENTER_LEFT);
            words = new VBox(4, line, bar);
            words.setAlignment(Pos.CENTER_LEFT);
            HBox.setHgrow(words, Priority.ALWAYS);
            getChildren().addAll(picture, words, cancel);
        }

        void update(JobRow row) {
            if (shown.equals(Optional.of(row))) {
                return;
            }
            shown = Optional.of(row);
            title.setText(row.title());
            step.setText(row.step());
            bar.setProgress(row.fraction() < 0 ? ProgressBar.INDETERMINATE_PROGRESS : row.fraction());
            bar.setVisible(row.open());
            bar.setManaged(row.open());
            cancel.setVisible(row.open());
            cancel.setManaged(row.open());
            picture.getStyleClass().removeAll("accent", "good", "bad", "muted");
            switch (row.state()) {
                case WAITING, RUNNING -> picture.getStyleClass().add("accent");
                case DONE -> {
                    picture.setIconLiteral("mdi2c-check-circle");
                    picture.getStyleClass().add("good");
                }
                case CANCELLED -> {
                    picture.setIconLiteral("mdi2m-minus-circle-outline");
                    picture.getStyleClass().add("muted");
                }
                case FAILED -> {
                    picture.setIconLiteral("mdi2a-alert");
                    picture.getStyleClass().add("bad");
                }
            }
        }
    }
}
