package dev.lathe.app.toolbar;

import dev.lathe.app.parts.Controls;
import dev.lathe.app.parts.Overlay;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// Ctrl+K: a field that finds every command, layer and tensor, and does or shows what is chosen.
public final class CommandPalette {
    private static final int MOST = 60;
    private static final int ROW = 30;

    /// A line of the list.
    public record Hit(String icon, String title, String kind, String key, Runnable act) {}

    private final Commands commands;
    private final Overlay overlay;
    private final Function<String, List<Hit>> layers;

    /// @param layers finds what the open model has of a name
    public CommandPalette(Commands commands, Overlay overlay, Function<String, List<Hit>> layers) {
        this.commands = commands;
        this.overlay = overlay;
        this.layers = layers;
    }

    public void open() {
        TextField field = new TextField();
        field.setPromptText("Search commands, layers, tensors");
        field.getStyleClass().add("palette-field");
        field.setId("palette-field");
        ListView<Hit> list = new ListView<>();
        list.getStyleClass().add("palette-list");
        list.setId("palette-list");
        list.setFixedCellSize(ROW);
        list.setPrefHeight(ROW * 11 + 10);
        list.setCellFactory(v -> new HitCell(this::choose));
        list.setPlaceholder(Controls.label("Nothing of that name", "muted"));
        field.textProperty().addListener((o, a, query) -> fill(list, query));
        field.addEventFilter(KeyEvent.KEY_PRESSED, e -> {
            int at = list.getSelectionModel().getSelectedIndex();
            if (e.getCode() == KeyCode.DOWN || e.getCode() == KeyCode.UP) {
                int next = Math.floorMod(
                        at + (e.getCode() == KeyCode.DOWN ? 1 : -1),
                        Math.max(1, list.getItems().size()));
                list.getSelectionModel().select(next);
                list.scrollTo(Math.max(0, next - 5));
                e.consume();
            } else if (e.getCode() == KeyCode.ENTER) {
                if (at >= 0) {
                    choose(list.getItems().get(at));
                }
                e.consume();
            }
        });
        VBox card = new VBox(field, list);
        card.setId("command-palette");
        card.setPrefWidth(640);
        fill(list, "");
        overlay.showCentred(card);
        field.requestFocus();
    }

    private void choose(Hit hit) {
        overlay.close();
        hit.act().run();
    }

    private void fill(ListView<Hit> list, String query) {
        List<Hit> hits = new ArrayList<>();
        for (Command c : commands.matching(query)) {
            if (c.possible().getAsBoolean()) {
                hits.add(new Hit(c.icon(), c.title(), "", c.keyText(), c::run));
            }
        }
        if (!query.isBlank()) {
            hits.addAll(layers.apply(query));
        }
        list.getItems().setAll(hits.subList(0, Math.min(MOST, hits.size())));
        list.getSelectionModel().selectFirst();
    }

    private static final class HitCell extends ListCell<Hit> {
        HitCell(java.util.function.Consumer<Hit> choose) {
            setOnMouseClicked(e -> {
                if (!isEmpty() && getItem() != null) {
                    choose.accept(getItem());
                }
            });
        }

        @Override
        protected void updateItem(Hit hit, boolean empty) {
            super.updateItem(hit, empty);
            setText("");
            if (empty || hit == null) {
                setGraphic(new Label());
                return;
            }
            HBox row = new HBox(10, Controls.icon(hit.icon(), "muted"), Controls.label(hit.title()), Controls.gap());
            row.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
            if (!hit.kind().isEmpty()) {
                row.getChildren().add(Controls.label(hit.kind(), "caption"));
            }
            if (!hit.key().isEmpty()) {
                row.getChildren().add(Controls.label(hit.key(), "key-cap"));
            }
            setGraphic(row);
        }
    }
}
