package dev.lathe.app.start;

import dev.lathe.app.parts.Controls;
import dev.lathe.app.parts.CostStrip;
import dev.lathe.app.project.Services.MachineDevice;
import dev.lathe.app.project.Workbench;
import dev.lathe.app.shell.Settings;
import dev.lathe.app.toolbar.Command;
import dev.lathe.app.ui.Numbers;
import dev.lathe.app.ui.Palette;
import dev.lathe.core.Lane;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// What the window shows while no model is open: where to drop one, samples, recent files, and this machine.
public final class StartPage extends ScrollPane {
    private static final double SIDE = 376;

    private final Workbench workbench;
    private final Settings settings;
    private final Path sampleFolder;
    private final VBox recent = new VBox();
    private final VBox recentSection = new VBox(12);
    private final MachineCard machine = new MachineCard();
    private final ObservableValue<Palette> palette;
    private final Map<Sample, Consumer<SampleFacts>> facts = new HashMap<>();

    /// @param keys commands whose keys are worth knowing
    public StartPage(
            Workbench workbench,
            Settings settings,
            Path sampleFolder,
            Command open,
            Runnable checkMachine,
            List<Command> keys,
            ObservableValue<Palette> palette) {
        this.palette = palette;
        this.workbench = workbench;
        this.settings = settings;
        this.sampleFolder = sampleFolder;
        setId("start-page");
        setFitToWidth(true);
        setFitToHeight(true);
        DropZone drop = new DropZone(workbench.services().files().extensions(), open);
        VBox.setVgrow(drop, Priority.SOMETIMES);
        drop.setPrefHeight(316);
        drop.setMaxHeight(316);
        VBox main = new VBox(
                32, new VBox(6, Controls.label("Lathe", "start-title"), subtitle()), drop, samples(), recentSection);
        HBox.setHgrow(main, Priority.ALWAYS);
        HBox recentHead =
                new HBox(Controls.label("Recent", "section-title"), Controls.gap(), Controls.link("Clear list", () -> {
                    settings.clearRecent();
                    refresh();
                }));
        recent.getStyleClass().add("card");
        recentSection.getChildren().setAll(recentHead, recent);
        VBox side = new VBox(20, machineHead(checkMachine), machine, stays(), keyList(keys));
        side.setMinWidth(SIDE);
        side.setMaxWidth(SIDE);
        side.setPrefWidth(SIDE);
        HBox page = new HBox(40, main, side);
        page.getStyleClass().add("start-page");
        setContent(page);
        refresh();
    }

    /// Reads the recent list again.
    public void refresh() {
        List<Path> files = settings.recent();
        recentSection.setVisible(!files.isEmpty());
        recent.getChildren().setAll(files.stream().map(this::recentRow).toList());
        if (!recent.getChildren().isEmpty()) {
            recent.getChildren().getLast().getStyleClass().add("last");
        }
    }

    public void showDevices(List<MachineDevice> devices) {
        machine.show(devices);
    }

    private HBox machineHead(Runnable check) {
        HBox head = new HBox(
                Controls.label("This machine", "section-title"),
                Controls.gap(),
                Controls.button("mdi2r-refresh", "Check again", "ghost-button", check));
        head.setAlignment(Pos.CENTER_LEFT);
        VBox.setMargin(head, new javafx.geometry.Insets(0, 0, 8, 0));
        return head;
    }

    private static Label subtitle() {
        Label what = Controls.label(
                "See what a model costs on this machine. Make it smaller, faster, and split it across devices.",
                "start-subtitle");
        what.setWrapText(true);
        what.setMinHeight(Region.USE_PREF_SIZE);
        return what;
    }

    private static Node stays() {
        HBox card = new HBox(
                12,
                Controls.icon("mdi2s-shield-check-outline", "good"),
                new VBox(
                        4,
                        Controls.label("Everything stays here", "strong"),
                        Controls.label("No account, no open port, nothing is sent anywhere.", "small", "muted")));
        card.getStyleClass().add("card");
        card.setPadding(new javafx.geometry.Insets(14, 16, 14, 16));
        return card;
    }

    private static Node keyList(List<Command> keys) {
        VBox list = new VBox(10);
        for (Command c : keys) {
            HBox line = new HBox(
                    Controls.label(c.title(), "muted"), Controls.gap(), Controls.label(c.keyText(), "key-cap"));
            line.setAlignment(Pos.CENTER_LEFT);
            list.getChildren().add(line);
        }
        list.setPadding(new javafx.geometry.Insets(4, 2, 0, 2));
        return list;
    }

    private Node samples() {
        HBox cards = new HBox(16);
        for (Sample s : Sample.ALL) {
            Button card = new Button();
            card.getStyleClass().add("sample-card");
            card.setId("sample-" + s.file());
            HBox head = new HBox(8, Controls.icon(s.icon(), "accent"), Controls.label(s.title(), "strong"));
            head.setAlignment(Pos.CENTER_LEFT);
            Label figures = Controls.label(Numbers.fileSize(s.bytes()), "caption");
            CostStrip strip = new CostStrip(10, 6);
            VBox content = new VBox(6, head, Controls.label(s.task(), "small", "muted"), figures, strip);
            content.setMinWidth(0);
            card.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
            card.setGraphic(content);
            facts.put(s, facts -> {
                figures.setText(Numbers.fileSize(s.bytes()) + " · " + Numbers.grouped(facts.nodes()) + " nodes");
                Runnable draw = () -> {
                    strip.setWidth(Math.max(10, card.getWidth() - 26));
                    strip.draw(facts.work(), palette.getValue(), true);
                };
                card.widthProperty().subscribe(draw);
                palette.addListener((o, before, now) -> draw.run());
                draw.run();
            });
            card.setMaxWidth(Double.MAX_VALUE);
            card.setMinWidth(0);
            card.setPrefWidth(200);
            card.setOnAction(e -> open(s));
            HBox.setHgrow(card, Priority.ALWAYS);
            cards.getChildren().add(card);
        }
        HBox head = new HBox(
                10,
                Controls.label("Samples", "section-title"),
                Controls.label("included, no download · the strip shows work by layer", "small", "muted"));
        head.setAlignment(Pos.BASELINE_LEFT);
        return new VBox(12, head, cards);
    }

    /// Reads the samples once, behind all else, so that their cards can say more; without it they stay short.
    public void readSamples() {
        if (!facts.isEmpty()) {
            Map<Sample, Consumer<SampleFacts>> waiting = Map.copyOf(facts);
            facts.clear();
            workbench.jobs().submit(Lane.BACKGROUND, "Read the samples", c -> {
                for (Sample s : Sample.ALL) {
                    SampleFacts found = SampleFacts.of(s.unpackTo(sampleFolder), workbench.services(), c);
                    Optional.ofNullable(waiting.get(s)).ifPresent(show -> Platform.runLater(() -> show.accept(found)));
                }
                return waiting.size();
            });
        }
    }

    private void open(Sample sample) {
        workbench.submit(
                Lane.BACKGROUND,
                "Unpack " + sample.title(),
                c -> sample.unpackTo(sampleFolder),
                file -> Platform.runLater(() -> workbench.open(file)));
    }

    private Node recentRow(Path file) {
        Button row = new Button();
        row.getStyleClass().add("recent-row");
        row.setMaxWidth(Double.MAX_VALUE);
        Path parent = file.getParent();
        VBox names = new VBox(
                2,
                Controls.label(String.valueOf(file.getFileName()), "strong"),
                Controls.label(shortened(parent == null ? "" : parent.toString()), "caption"));
        names.setAlignment(Pos.CENTER_LEFT);
        HBox line = new HBox(
                12,
                Controls.icon("mdi2f-file-document-outline", "muted"),
                names,
                Controls.gap(),
                Controls.label(age(file), "small", "muted"));
        line.setAlignment(Pos.CENTER_LEFT);
        line.prefWidthProperty().bind(row.widthProperty().subtract(26));
        row.setGraphic(line);
        row.setOnAction(e -> workbench.open(file));
        return row;
    }

    private static String shortened(String folder) {
        String home = System.getProperty("user.home", "");
        return !home.isEmpty() && folder.startsWith(home) ? "~" + folder.substring(home.length()) : folder;
    }

    private static String age(Path file) {
        try {
            String size = Numbers.fileSize(Files.size(file));
            long days = Duration.between(Files.getLastModifiedTime(file).toInstant(), java.time.Instant.now())
                    .toDays();
            return size + " · changed " + (days == 0 ? "today" : days == 1 ? "yesterday" : days + " days ago");
        } catch (java.io.IOException e) {
            return "not readable";
        }
    }
}
