package dev.lathe.app.split;

import dev.lathe.app.parts.Called;
import dev.lathe.app.parts.EmptyPane;
import dev.lathe.app.ui.Numbers;
import dev.lathe.app.ui.Palette;
import dev.lathe.optimize.partition.Prediction;
import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Rectangle;

/// The Schedule tab: figures of the split in a row of cards, and the predicted above the measured schedule on one time
/// axis.
public final class ScheduleView extends StackPane {
    private final HBox cards = new HBox();
    private final ScheduleCanvas canvas;
    private final HBox tools = new HBox(8);

    /// @param remedies controls of the empty pane
    public ScheduleView(SplitViewModel model, ObservableValue<Palette> palette, String fontFamily, Node... remedies) {
        getStyleClass().add("schedule-view");
        canvas = new ScheduleCanvas(palette, fontFamily);
        cards.getStyleClass().add("stat-cards");
        cards.setMinWidth(0);
        Rectangle clip = new Rectangle();
        clip.widthProperty().bind(cards.widthProperty());
        clip.heightProperty().bind(cards.heightProperty());
        cards.setClip(clip);
        BorderPane content = new BorderPane(canvas);
        content.setTop(cards);
        EmptyPane empty = new EmptyPane(
                "mdi2c-chart-timeline-variant",
                "Not split",
                "Choose two devices or more in the devices panel at the right: the planner proposes where to cut, and the"
                        + " schedule appears here.",
                remedies);
        getChildren().addAll(content, empty);
        content.visibleProperty().bind(model.plan().map(p -> p.prediction().isPresent()));
        empty.visibleProperty().bind(content.visibleProperty().not());
        ComboBox<Integer> requests = new ComboBox<>(FXCollections.observableArrayList(4, 8, 16, 32));
        requests.setId("schedule-requests");
        requests.setValue(model.requests().get());
        requests.setConverter(new Called<>(n -> n + " requests"));
        requests.valueProperty()
                .addListener((o, before, now) -> model.requests().set(now));
        Label key = new Label("hatched: idle (bubble) · purple: transfer");
        key.getStyleClass().add("inspector-line");
        tools.getChildren().addAll(key, requests);
        tools.setAlignment(Pos.CENTER_RIGHT);
        tools.getStyleClass().add("tab-tools");
        // What explains the schedule stands beside one, not over an empty pane.
        tools.visibleProperty().bind(content.visibleProperty());
        model.plan().addListener((o, before, now) -> show(now));
        show(model.plan().get());
    }

    /// What stands at the right of the tab strip.
    public Node tools() {
        return tools;
    }

    private void show(SplitPlan plan) {
        cards.getChildren().clear();
        if (plan.prediction().isEmpty() || plan.predicted().isEmpty()) {
            return;
        }
        Prediction p = plan.prediction().get();
        Schedule predicted = plan.predicted().get();
        var measured = plan.measured();
        String expected = Numbers.estimate(Numbers.digits(p.throughputPerSecond(), 3));
        cards.getChildren()
                .add(measured.map(m -> card(
                                "Throughput",
                                Numbers.digits(m.throughputPerSecond(), 3),
                                "requests/s",
                                "predicted " + expected + " · "
                                        + Numbers.change(p.throughputPerSecond() / m.throughputPerSecond() - 1),
                                ""))
                        .orElseGet(() -> card(
                                "Throughput",
                                expected,
                                "requests/s",
                                p.rough() ? "a rough guess: very short stages" : "predicted",
                                "estimate")));
        String bubble = Numbers.estimate(Numbers.share(predicted.bubble()));
        cards.getChildren()
                .add(measured.map(m -> card(
                                "Bubble",
                                Numbers.share(m.schedule().bubble()),
                                "",
                                "predicted " + bubble + " · idle",
                                ""))
                        .orElseGet(() -> card("Bubble", bubble, "", "idle time", "estimate")));
        cards.getChildren()
                .add(card(
                        "Traffic per request",
                        Numbers.bytes(plan.bytesPerRequest()),
                        "",
                        plan.borders().size() + (plan.borders().size() == 1 ? " border" : " borders"),
                        ""));
        String latency = Numbers.time(p.latency());
        cards.getChildren()
                .add(measured.map(m -> card(
                                "Latency of one",
                                Numbers.time(m.latency()),
                                "",
                                "predicted " + Numbers.estimate(latency),
                                ""))
                        .orElseGet(
                                () -> card("Latency of one", Numbers.estimate(latency), "", "predicted", "estimate")));
        java.util.OptionalDouble unsplit =
                measured.isPresent() && measured.get().unsplitPerSecond().isPresent()
                        ? measured.get().unsplitPerSecond()
                        : plan.unsplitPerSecond();
        cards.getChildren()
                .add(card(
                        "Unsplit",
                        unsplit.isPresent() ? Numbers.digits(unsplit.getAsDouble(), 3) : Numbers.UNKNOWN,
                        "requests/s",
                        unsplit.isPresent() ? "measured" : "run the model to compare",
                        ""));
        if (unsplit.isPresent() && unsplit.getAsDouble() > 0) {
            double split = measured.map(MeasuredSplit::throughputPerSecond).orElse(p.throughputPerSecond());
            double gain = split / unsplit.getAsDouble();
            String words = Numbers.factor(gain);
            cards.getChildren()
                    .add(card(
                            "Gain over unsplit",
                            measured.isPresent() ? words : Numbers.estimate(words),
                            "",
                            measured.isPresent() ? "measured" : "predicted",
                            gain >= 1 ? "good" : "bad"));
        }
        measured.ifPresent(m -> cards.getChildren()
                .add(card(
                        "Outputs",
                        m.maxAbsDifference() == 0
                                ? "equal"
                                : "± "
                                        + String.format(java.util.Locale.ROOT, "%.1e", m.maxAbsDifference())
                                                .replaceFirst("e([+-])0?(\\d)", "e$1$2")
                                                .replace('-', '−'),
                        "",
                        "against unsplit",
                        "")));
        canvas.show(predicted, measured.map(MeasuredSplit::schedule), plan.estimated());
    }

    private static Region card(String title, String figure, String unit, String line, String style) {
        Label name = label(title, "stat-title");
        Label number = label(figure, "stat-figure");
        if (!style.isEmpty()) {
            number.getStyleClass().add("stat-" + style);
        }
        HBox below = new HBox(6, number, label(unit, "stat-line"), label(line, "stat-line"));
        if (unit.isEmpty()) {
            below.getChildren().remove(1);
        }
        below.setAlignment(Pos.BASELINE_LEFT);
        VBox card = new VBox(1, name, below);
        card.getStyleClass().add("stat-card");
        card.setMinWidth(Region.USE_PREF_SIZE);
        return card;
    }

    private static Label label(String text, String style) {
        Label l = new Label(text);
        l.getStyleClass().add(style);
        return l;
    }

    /// For tests: the cards' figures in order.
    List<String> figures() {
        return cards.lookupAll(".stat-figure").stream()
                .map(n -> ((Label) n).getText())
                .toList();
    }
}
