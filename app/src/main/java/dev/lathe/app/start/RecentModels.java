package dev.lathe.app.start;

import dev.lathe.app.parts.Controls;
import dev.lathe.app.shell.Settings;
import dev.lathe.app.ui.Numbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The models that were open lately, the last first: where they are, how large, and when that was. A line opens its
/// model again, or is taken from the list.
final class RecentModels extends VBox {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);

    private static final double WHEN = 104;

    private final Settings settings;
    private final Consumer<Path> open;
    private final Runnable changed;
    private final VBox rows = new VBox();

    RecentModels(Settings settings, Consumer<Path> open, Runnable changed) {
        super(12);
        this.settings = settings;
        this.open = open;
        this.changed = changed;
        setId("recent-models");
        HBox head =
                new HBox(Controls.label("Recent", "section-title"), Controls.gap(), Controls.link("Clear list", () -> {
                    settings.clearRecent();
                    changed.run();
                }));
        head.setAlignment(Pos.BASELINE_LEFT);
        rows.getStyleClass().add("card");
        getChildren().addAll(head, rows);
    }

    /// Reads the list again.
    ///
    /// @return how many models are on it
    int refresh() {
        List<Settings.Recent> files = settings.recent();
        rows.getChildren().setAll(files.stream().map(this::row).toList());
        if (!files.isEmpty()) {
            rows.getChildren().getLast().getStyleClass().add("last");
        }
        setVisible(!files.isEmpty());
        setManaged(!files.isEmpty());
        return files.size();
    }

    private Node row(Settings.Recent recent) {
        Path file = recent.file();
        Path parent = file.getParent();
        Label name = Controls.label(String.valueOf(file.getFileName()), "strong");
        Label where = Controls.label(shortened(parent == null ? "" : parent.toString()), "caption");
        name.setMinWidth(0);
        where.setMinWidth(0);
        VBox names = new VBox(2, name, where);
        names.setAlignment(Pos.CENTER_LEFT);
        names.setMinWidth(0);
        Label size = Controls.label(size(file), "small");
        size.setMinWidth(Region.USE_PREF_SIZE);
        Label when = Controls.label(
                recent.opened()
                        .map(t -> when(t, Instant.now(), ZoneId.systemDefault()))
                        .orElse(""),
                "small",
                "muted");
        when.setMinWidth(WHEN);
        when.setAlignment(Pos.CENTER_RIGHT);
        Button remove = Controls.iconButton("mdi2c-close", "Take from this list", () -> remove(file));
        remove.getStyleClass().add("small-icon-button");
        HBox line = new HBox(
                12, Controls.icon("mdi2f-file-document-outline", "muted"), names, Controls.gap(), size, when, remove);
        line.setAlignment(Pos.CENTER_LEFT);
        Button row = new Button();
        row.getStyleClass().add("recent-row");
        row.setMaxWidth(Double.MAX_VALUE);
        row.setMinWidth(0);
        row.setAccessibleText(name.getText() + ", " + size.getText());
        line.prefWidthProperty().bind(row.widthProperty().subtract(26));
        line.maxWidthProperty().bind(line.prefWidthProperty());
        row.setGraphic(line);
        row.setOnAction(e -> open.accept(file));
        row.setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.DELETE) {
                remove(file);
                e.consume();
            }
        });
        return row;
    }

    private void remove(Path file) {
        settings.forgetRecent(file);
        changed.run();
    }

    private static String shortened(String folder) {
        String home = System.getProperty("user.home", "");
        return !home.isEmpty() && folder.startsWith(home) ? "~" + folder.substring(home.length()) : folder;
    }

    private static String size(Path file) {
        try {
            return Numbers.fileSize(Files.size(file));
        } catch (IOException e) {
            return "not readable";
        }
    }

    /// When that was, as people say it.
    static String when(Instant opened, Instant now, ZoneId zone) {
        LocalDate day = opened.atZone(zone).toLocalDate();
        LocalDate today = now.atZone(zone).toLocalDate();
        long ago = ChronoUnit.DAYS.between(day, today);
        if (ago <= 0) {
            return "today " + CLOCK.format(opened.atZone(zone));
        }
        return ago == 1 ? "yesterday" : (day.getYear() == today.getYear() ? DAY : DATE).format(day);
    }
}
