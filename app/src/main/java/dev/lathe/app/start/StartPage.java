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
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// What the window shows while no model is open: where to drop one, samples, recent files, and this machine.
public final class StartPage extends ScrollPane {
    private static final double SIDE = 376;
    private static final double LEAST_SIDE = 316;
    private static final double NARROW = 1300;
    private static final double LOW = 720;
    private static final double MOST_WIDTH = 1600;
    private static final double LEAST_DROP = 180;
    private static final double MOST_DROP = 400;
    /// Who has opened more models than these knows what can be done with them.
    private static final int FEW = 3;

    private final Workbench workbench;
    private final Path sampleFolder;
    private final RecentModels recent;
    private final NextSteps steps;
    private final MachineCard machine = new MachineCard();
    private final ObservableValue<Palette> palette;
    private final Map<Sample, Consumer<SampleFacts>> facts = new HashMap<>();

    /// @param steps commands for a model, in the order in which one comes to need them
    /// @param keys commands whose keys are worth knowing
    public StartPage(
            Workbench workbench,
            Settings settings,
            Path sampleFolder,
            Command open,
            Runnable checkMachine,
            List<Command> steps,
            List<Command> keys,
            ObservableValue<Palette> palette) {
        this.palette = palette;
        this.workbench = workbench;
        this.sampleFolder = sampleFolder;
        setId("start-page");
        setFitToWidth(true);
        setFitToHeight(true);
        this.recent = new RecentModels(settings, workbench::open, this::refresh);
        this.steps = new NextSteps(steps);
        DropZone drop = new DropZone(workbench.services().files().extensions(), open);
        VBox.setVgrow(drop, Priority.ALWAYS);
        drop.setPrefHeight(LEAST_DROP);
        drop.setMaxHeight(MOST_DROP);
        VBox title = new VBox(6, Controls.label("Lathe", "start-title"), subtitle());
        VBox main = new VBox(24, title, drop, recent, samples(), this.steps);
        main.setMinWidth(0);
        HBox.setHgrow(main, Priority.ALWAYS);
        HBox head = machineHead(checkMachine);
        // Its card begins where the field for dropping does.
        head.minHeightProperty().bind(title.heightProperty());
        Node keyList = keyList(keys);
        keyList.visibleProperty().bind(heightProperty().greaterThan(LOW));
        keyList.managedProperty().bind(keyList.visibleProperty());
        VBox side = new VBox(20, head, machine, stays(), keyList);
        VBox.setMargin(head, new Insets(0, 0, 4, 0));
        side.setMinWidth(LEAST_SIDE);
        side.prefWidthProperty().bind(widthProperty().map(w -> w.doubleValue() < NARROW ? LEAST_SIDE : SIDE));
        side.setMaxWidth(SIDE);
        HBox page = new HBox(40, main, side);
        page.setMaxWidth(MOST_WIDTH);
        page.setMinHeight(Region.USE_PREF_SIZE);
        StackPane centred = new StackPane(page);
        centred.getStyleClass().add("start-page");
        centred.setAlignment(Pos.TOP_CENTER);
        setContent(centred);
        refresh();
    }

    /// Reads the recent list again.
    public void refresh() {
        int files = recent.refresh();
        boolean first = files <= FEW;
        steps.setVisible(first);
        steps.setManaged(first);
    }

    public void showDevices(List<MachineDevice> devices) {
        machine.show(devices);
    }

    private HBox machineHead(Runnable check) {
        HBox words = new HBox(
                Controls.label("This machine", "section-title"),
                Controls.gap(),
                Controls.button("mdi2r-refresh", "Check again", "ghost-button", check));
        words.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox head = new HBox(words);
        head.setFillHeight(false);
        head.setAlignment(Pos.BOTTOM_LEFT);
        return head;
    }

    private static Label subtitle() {
        Label what = Controls.label(
                "See what a model costs here. Make it smaller, faster, and split it across devices.", "start-subtitle");
        what.setWrapText(true);
        what.setMinHeight(Region.USE_PREF_SIZE);
        return what;
    }

    private static Node stays() {
        Label nothing = Controls.label("No account, no open port, nothing is sent anywhere.", "small", "muted");
        nothing.setWrapText(true);
        nothing.setMinHeight(Region.USE_PREF_SIZE);
        HBox card = new HBox(
                12,
                Controls.icon("mdi2s-shield-check-outline", "good"),
                new VBox(4, Controls.label("Everything stays here", "strong"), nothing));
        card.getStyleClass().add("card");
        card.setPadding(new Insets(14, 16, 14, 16));
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
        list.setPadding(new Insets(4, 2, 0, 2));
        return list;
    }

    private Node samples() {
        HBox cards = new HBox(12);
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
            workbench.jobs().submit(Lane.UPKEEP, "Read the samples", c -> {
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
}
