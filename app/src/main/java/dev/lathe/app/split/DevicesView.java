package dev.lathe.app.split;

import dev.lathe.app.parts.EmptyPane;
import dev.lathe.app.parts.Section;
import dev.lathe.app.ui.Heat;
import dev.lathe.app.ui.Numbers;
import dev.lathe.app.ui.Palette;
import dev.lathe.graph.target.DeviceKind;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import javafx.animation.PauseTransition;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Slider;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.DirectoryChooser;
import javafx.util.Duration;
import org.kordamp.ikonli.javafx.FontIcon;

/// The devices panel: a card per device with its stage, memory and load, then the planner with the borders between the
/// stages.
public final class DevicesView extends StackPane {
    private final SplitViewModel model;
    private final VBox cards = new VBox();
    private final VBox borders = new VBox(8);
    private final Label goal = new Label();
    private final Label problem = new Label();
    private final Button propose = button("Propose", "mdi2a-auto-fix", "primary-button");
    private final Button undo = button("Undo border", "mdi2u-undo", "plain-button");
    private final Tooltip undoWhy = new Tooltip();
    private final Button run = button("Run split", "mdi2p-play", "run-button");
    private final Button export = button("Export stages", "mdi2e-export-variant", "plain-button");
    /// What takes no longer than this needs no word that it is at work.
    private final PauseTransition patience = new PauseTransition(Duration.millis(200));

    private boolean slow;
    private boolean filling;

    /// @param runSplit runs the stages and measures them; `exportStages` writes their files into a folder
    public DevicesView(
            SplitViewModel model, ObservableValue<Palette> palette, Runnable runSplit, Consumer<Path> exportStages) {
        this.model = model;
        getStyleClass().add("devices-view");
        propose.setId("split-propose");
        undo.setId("split-undo");
        run.setId("split-run");
        export.setId("split-export");
        propose.setOnAction(e -> model.propose());
        undo.setOnAction(e -> model.undo());
        run.setOnAction(e -> runSplit.run());
        export.setOnAction(e -> {
            DirectoryChooser chooser = new DirectoryChooser();
            chooser.setTitle("Folder for the stage models");
            Optional.ofNullable(chooser.showDialog(getScene().getWindow()))
                    .map(File::toPath)
                    .ifPresent(exportStages);
        });
        goal.getStyleClass().add("inspector-line");
        goal.setWrapText(true);
        problem.getStyleClass().add("inspector-warning");
        problem.setWrapText(true);
        // A disabled button has no tooltip of its own.
        StackPane undoPlace = new StackPane(undo);
        Tooltip.install(undoPlace, undoWhy);
        undoPlace.visibleProperty().bind(undo.visibleProperty());
        undoPlace.managedProperty().bind(undo.visibleProperty());
        HBox plan = new HBox(8, propose, undoPlace);
        HBox act = new HBox(8, run, export);
        Section planner = new Section("Planner").hint("goal: throughput").content(goal, borders, plan, act, problem);
        VBox content = new VBox(cards, planner);
        content.getStyleClass().add("inspector-content");
        ScrollPane scroll = new ScrollPane(content);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("inspector-scroll");
        EmptyPane empty = new EmptyPane(
                "mdi2d-developer-board",
                "Nothing to split",
                "Open a model to place its stages on devices: one with a graph, not split yet.");
        empty.visibleProperty().bind(model.plan().map(p -> !p.hasModel()));
        scroll.visibleProperty().bind(model.plan().map(SplitPlan::hasModel));
        getChildren().addAll(scroll, empty);
        patience.setOnFinished(e -> {
            slow = true;
            show(model.plan().get(), palette.getValue());
        });
        model.plan().addListener((o, before, now) -> show(now, palette.getValue()));
        palette.addListener((o, before, now) -> show(model.plan().get(), now));
        show(model.plan().get(), palette.getValue());
    }

    private void show(SplitPlan plan, Palette palette) {
        filling = true;
        if (!plan.planning()) {
            patience.stop();
            slow = false;
        } else if (!slow) {
            patience.play();
        }
        cards.getChildren()
                .setAll(plan.devices().stream().map(d -> card(d, palette)).toList());
        showBorders(plan, palette);
        boolean planned = plan.prediction().isPresent();
        long chosen =
                plan.devices().stream().filter(SplitPlan.DeviceCard::chosen).count();
        goal.setText(
                slow
                        ? "Searching for the best borders …"
                        : planned
                                ? "Stages balanced for throughput, from "
                                        + (plan.estimated() ? "estimated" : "measured") + " layer times."
                                : chosen < 2
                                        ? "Tick two devices or more, or let Propose take all that can be used: the planner cuts the"
                                                + " model where the stages are balanced and little crosses."
                                        : "");
        goal.setVisible(!goal.getText().isEmpty());
        goal.setManaged(goal.isVisible());
        problem.setText(plan.problem());
        problem.setVisible(!plan.problem().isEmpty());
        problem.setManaged(problem.isVisible());
        long usable =
                plan.devices().stream().filter(d -> d.unavailable().isEmpty()).count();
        propose.setDisable(Math.max(chosen, usable) < 2 || plan.busy());
        // Before there is a split nothing can be done with one.
        for (Button b : List.of(undo, run, export)) {
            b.setVisible(planned);
            b.setManaged(b.isVisible());
        }
        undo.setDisable(plan.undoBlocked().isPresent());
        undoWhy.setText(plan.undoBlocked().orElse("The same as Undo in the toolbar (Ctrl+Z)"));
        run.setDisable(!planned || plan.planning() || plan.busy());
        run.setText(plan.busy() ? "Running …" : "Run split");
        export.setDisable(!planned || plan.planning() || plan.busy());
        filling = false;
    }

    private Node card(SplitPlan.DeviceCard d, Palette palette) {
        CheckBox chosen = new CheckBox();
        chosen.setId("device-" + d.device().id().replace(':', '-'));
        chosen.setSelected(d.chosen());
        chosen.setDisable(d.unavailable().isPresent());
        chosen.setAccessibleText("Use " + d.device().name());
        chosen.setOnAction(e -> {
            if (!filling) {
                model.choose(d.device(), chosen.isSelected());
            }
        });
        FontIcon icon = new FontIcon(icon(d.device().kind()));
        icon.getStyleClass().add("device-icon");
        Label name = label(d.device().name(), "inspector-title");
        Label line = label(line(d), "inspector-line");
        line.setWrapText(d.unavailable().isPresent());
        VBox words = new VBox(1, name, line);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox header = new HBox(8, chosen, icon, words);
        header.setAlignment(Pos.CENTER_LEFT);
        VBox card = new VBox(6, header);
        card.getStyleClass().add("device-card");
        if (d.unavailable().isPresent()) {
            card.getStyleClass().add("device-unavailable");
            Label tag = label("unavailable", "tag-unavailable");
            tag.setMinWidth(Region.USE_PREF_SIZE);
            header.getChildren().add(tag);
        }
        if (d.stage().isPresent()) {
            int colour = Palette.category(d.stage().getAsInt());
            Label badge = label("Stage " + (d.stage().getAsInt() + 1), "stage-badge");
            badge.setStyle("-fx-background-color: " + Palette.hex(colour) + "; -fx-text-fill: "
                    + Palette.hex(Heat.inkOn(colour)) + ";");
            header.getChildren().add(badge);
            card.setStyle("-fx-border-color: transparent transparent -lathe-rule " + Palette.hex(colour) + ";");
            memory(d, palette, colour).ifPresent(card.getChildren()::add);
            card.getChildren().add(busy(d, palette, colour));
        }
        return card;
    }

    private static Optional<Node> memory(SplitPlan.DeviceCard d, Palette palette, int colour) {
        if (d.weightBytes().isEmpty()) {
            return Optional.empty();
        }
        long weights = d.weightBytes().getAsLong();
        double part = d.device().memoryBytes().isPresent()
                ? (double) weights / Math.max(1, d.device().memoryBytes().getAsLong())
                : 0;
        String of = d.device().memoryBytes().isPresent()
                ? Numbers.bytes(weights) + " of "
                        + Numbers.bytes(d.device().memoryBytes().getAsLong())
                : Numbers.bytes(weights);
        return Optional.of(meter("Weights", of, part, colour, palette, OptionalDouble.empty()));
    }

    private static Node busy(SplitPlan.DeviceCard d, Palette palette, int colour) {
        double predicted = d.predictedBusy().orElse(0);
        String estimate = Numbers.estimate(Numbers.share(predicted));
        return d.measuredBusy().isPresent()
                ? meter(
                        "Busy",
                        Numbers.share(d.measuredBusy().getAsDouble()) + "  predicted " + estimate,
                        d.measuredBusy().getAsDouble(),
                        colour,
                        palette,
                        OptionalDouble.of(predicted))
                : meter("Busy", "predicted " + estimate, predicted, colour, palette, OptionalDouble.empty());
    }

    private static Node meter(
            String name, String words, double part, int colour, Palette palette, OptionalDouble mark) {
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        return new VBox(
                3,
                new HBox(label(name, "inspector-key"), gap, label(words, "inspector-value")),
                new Meter(part, mark, colour, palette));
    }

    private void showBorders(SplitPlan plan, Palette palette) {
        // A slider that the user holds must not be taken away under the hand.
        if (borders.getChildren().size() == plan.borders().size()
                && !plan.borders().isEmpty()) {
            for (int i = 0; i < plan.borders().size(); i++) {
                ((BorderRow) borders.getChildren().get(i)).show(plan.borders().get(i));
            }
            return;
        }
        List<Node> rows = new ArrayList<>();
        for (SplitPlan.Border b : plan.borders()) {
            BorderRow row = new BorderRow(b.index());
            row.show(b);
            rows.add(row);
        }
        borders.getChildren().setAll(rows);
    }

    /// One border: between which stages, after which layer, what crosses, and a slider over the candidate cuts.
    private final class BorderRow extends VBox {
        private final Label where = label("", "inspector-value");
        private final Label bytes = label("", "inspector-line");
        private final Slider slider = new Slider();
        /// Whether the knob is held, and whether the border moved since then: all of a drag is one step.
        private boolean dragged;

        private boolean moved;
        private SplitPlan.Border shown = new SplitPlan.Border(0, 0, 0, 0, "", 0);

        BorderRow(int index) {
            super(2);
            Label between = label("Border " + (index + 1) + " | " + (index + 2), "inspector-key");
            between.setMinWidth(Region.USE_PREF_SIZE);
            where.setMinWidth(0);
            bytes.setMinWidth(Region.USE_PREF_SIZE);
            HBox.setHgrow(where, Priority.ALWAYS);
            where.setMaxWidth(Double.MAX_VALUE);
            slider.setId("border-" + index);
            slider.setBlockIncrement(1);
            slider.setMajorTickUnit(1);
            slider.setMinorTickCount(0);
            slider.setAccessibleText("Border between stages " + (index + 1) + " and " + (index + 2));
            slider.valueProperty().addListener((o, before, now) -> {
                if (!filling) {
                    moved = model.slideBorder(index, (int) Math.round(now.doubleValue()), dragged && moved) || moved;
                }
            });
            slider.addEventFilter(KeyEvent.KEY_PRESSED, e -> {
                if (e.getCode() == KeyCode.LEFT || e.getCode() == KeyCode.RIGHT) {
                    model.stepBorder(index, e.getCode() == KeyCode.LEFT ? -1 : 1);
                    e.consume();
                }
            });
            // While it is dragged the knob is under the hand; then it goes to where the border is.
            slider.valueChangingProperty().addListener((o, before, dragging) -> {
                dragged = dragging;
                moved = false;
                if (!dragging) {
                    show(shown);
                }
            });
            getChildren().addAll(new HBox(8, between, where, bytes), slider);
        }

        void show(SplitPlan.Border b) {
            boolean before = filling;
            filling = true;
            shown = b;
            slider.setMin(b.lowest());
            slider.setMax(Math.max(b.lowest(), b.highest()));
            slider.setDisable(b.lowest() == b.highest());
            if (!slider.isValueChanging() && Math.round(slider.getValue()) != b.cut()) {
                slider.setValue(b.cut());
            }
            where.setText("after " + b.label());
            bytes.setText(Numbers.bytes(b.bytes()));
            filling = before;
        }
    }

    private static String line(SplitPlan.DeviceCard d) {
        if (d.unavailable().isPresent()) {
            return d.unavailable().get();
        }
        String features = mainFeature(d.device().features());
        String cores = d.device().cores().isEmpty()
                ? ""
                : d.device().cores().size() + (d.device().cores().size() == 1 ? " core" : " cores");
        return cores.isEmpty() ? features : features.isEmpty() ? cores : cores + " · " + features;
    }

    /// The one that decides how fast matrices are multiplied; the whole list does not fit and says little.
    private static String mainFeature(java.util.Collection<String> features) {
        return java.util.stream.Stream.of("VNNI", "AMX", "AVX512", "AVX2", "NEON")
                .flatMap(wanted -> features.stream()
                        .filter(f -> f.toUpperCase(java.util.Locale.ROOT).contains(wanted)))
                .findFirst()
                .orElse("");
    }

    private static String icon(DeviceKind kind) {
        return switch (kind) {
            case CPU, CPU_GROUP -> "mdi2c-cpu-64-bit";
            case GPU -> "mdi2e-expansion-card";
            case NPU -> "mdi2d-developer-board";
            case DESCRIBED -> "mdi2s-server-network";
        };
    }

    private static Button button(String text, String icon, String style) {
        Button b = new Button(text, new FontIcon(icon));
        b.getStyleClass().add(style);
        return b;
    }

    private static Label label(String text, String style) {
        Label l = new Label(text);
        l.getStyleClass().add(style);
        return l;
    }
}
