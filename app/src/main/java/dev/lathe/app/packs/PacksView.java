package dev.lathe.app.packs;

import dev.lathe.app.parts.Controls;
import java.io.File;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.value.ChangeListener;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

/// The dialog with the packs: each with its state and what can be done about it.
public final class PacksView extends VBox {
    private static final double WIDTH = 640;

    private final PacksViewModel model;
    private final VBox list = new VBox(8);
    private final Map<String, Card> cards = new HashMap<>();

    public PacksView(PacksViewModel model) {
        super(12);
        this.model = model;
        setId("packs-view");
        setPadding(new Insets(16));
        setPrefWidth(WIDTH);
        Label about = Controls.label(
                "A pack holds libraries for devices beside the CPU, or of another engine. It is made of a published package,"
                        + " which npm or Maven gets as they are set up on this machine, or which you give as a file; only the"
                        + " very package that was published is taken.",
                "small",
                "muted");
        about.setWrapText(true);
        about.setMinHeight(USE_PREF_SIZE);
        getChildren().addAll(Controls.label("Packs for devices", "strong"), about, list);
        ChangeListener<List<PackRow>> listener = (o, before, rows) -> show(rows);
        // The model outlives this dialog.
        sceneProperty().subscribe(scene -> {
            model.rows().removeListener(listener);
            if (scene != null) {
                model.rows().addListener(listener);
                show(model.rows().get());
            }
        });
        show(model.rows().get());
        model.look();
    }

    private void show(List<PackRow> rows) {
        if (rows.isEmpty()) {
            list.getChildren().setAll(Controls.label("Looking …", "muted"));
            return;
        }
        cards.keySet().removeIf(id -> rows.stream().noneMatch(r -> r.id().equals(id)));
        List<Node> nodes = rows.stream()
                .map(r -> {
                    Card card = cards.computeIfAbsent(r.id(), Card::new);
                    card.update(r);
                    return (Node) card;
                })
                .toList();
        if (!list.getChildren().equals(nodes)) {
            list.getChildren().setAll(nodes);
        }
    }

    private void chooseFile(String id) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle("Package of pack " + id);
        chooser.getExtensionFilters()
                .addAll(
                        new FileChooser.ExtensionFilter("Packages", "*.tgz", "*.jar"),
                        new FileChooser.ExtensionFilter("All files", "*"));
        Optional.ofNullable(chooser.showOpenDialog(getScene().getWindow()))
                .map(File::toPath)
                .ifPresent(f -> model.add(id, f));
    }

    /// One pack; kept while it is listed, so that a button that has the focus keeps it.
    private final class Card extends VBox {
        private final Label title = Controls.label("", "strong");
        private final Label detail = Controls.label("", "small", "muted");
        private final Label trouble = Controls.label("");
        private final HBox remark = new HBox(Controls.icon("mdi2a-alert", "warn"), trouble);
        private final Label step = Controls.label("", "small", "muted");
        private final ProgressBar bar = new ProgressBar();
        private final HBox progress;
        private final Button obtain;
        private final Button file;
        private final Button remove;
        private final org.kordamp.ikonli.javafx.FontIcon icon = Controls.icon("mdi2e-expansion-card");
        private Optional<PackRow> shown = Optional.empty();

        Card(String id) {
            super(8);
            getStyleClass().add("option-card");
            detail.setWrapText(true);
            trouble.setWrapText(true);
            trouble.setMinHeight(USE_PREF_SIZE);
            HBox.setHgrow(trouble, Priority.ALWAYS);
            remark.getStyleClass().add("remark");
            obtain = button("mdi2d-download-outline", "Add", "add-" + id, () -> model.obtain(id));
            file = button("mdi2f-folder-open-outline", "From a file…", "file-" + id, () -> chooseFile(id));
            remove = button("mdi2d-delete-outline", "Remove", "remove-" + id, () -> model.remove(id));
            Button cancel = button("mdi2c-close", "Cancel", "cancel-" + id, () -> model.cancel(id));
            VBox words = new VBox(2, title, detail);
            HBox.setHgrow(words, Priority.ALWAYS);
            HBox head = new HBox(12, icon, words, obtain, file, remove);
            head.setAlignment(Pos.CENTER_LEFT);
            bar.setMaxWidth(Double.MAX_VALUE);
            VBox going = new VBox(4, step, bar);
            HBox.setHgrow(going, Priority.ALWAYS);
            progress = new HBox(12, going, cancel);
            progress.setAlignment(Pos.CENTER_LEFT);
            getChildren().addAll(head, progress, remark);
        }

        private static Button button(String icon, String text, String id, Runnable act) {
            Button button = Controls.button(icon, text, "plain-button", act);
            button.setId("pack-" + id);
            button.setMinWidth(USE_PREF_SIZE);
            return button;
        }

        void update(PackRow row) {
            if (shown.equals(Optional.of(row))) {
                return;
            }
            shown = Optional.of(row);
            boolean idle = row.working().isEmpty();
            title.setText(row.title());
            detail.setText(row.detail());
            shown(obtain, idle && row.canAdd());
            shown(file, idle && row.canAdd());
            shown(remove, idle && row.canRemove());
            shown(progress, !idle);
            row.working().ifPresent(w -> {
                step.setText(w.step());
                bar.setProgress(w.fraction() < 0 ? ProgressBar.INDETERMINATE_PROGRESS : w.fraction());
            });
            shown(remark, row.trouble().isPresent());
            trouble.setText(row.trouble().orElse(""));
            icon.getStyleClass().removeAll("good", "muted", "warn");
            switch (row.standing()) {
                case READY -> dress("mdi2c-check-circle", "good");
                case ABSENT -> dress("mdi2e-expansion-card", "muted");
                case UNUSABLE -> dress("mdi2a-alert", "warn");
            }
        }

        private void dress(String literal, String style) {
            icon.setIconLiteral(literal);
            icon.getStyleClass().add(style);
        }

        private static void shown(Node node, boolean so) {
            node.setVisible(so);
            node.setManaged(so);
        }
    }
}
