package dev.lathe.app.compare;

import dev.lathe.app.parts.EmptyPane;
import dev.lathe.app.parts.Segments;
import dev.lathe.app.ui.Numbers;
import dev.lathe.app.ui.Palette;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.controlsfx.control.SegmentedButton;

/// The Compare tab: two variants layer by layer in a table, and every variant on a map of latency against size; or two
/// measurements.
public final class CompareView extends StackPane {
    private static final double LEAST_MAP = 320;
    private static final double MOST_MAP = 640;
    /// Its part of the width.
    private static final double MAP = 0.3;

    private final CompareTable table;
    private final VariantMap map;
    private final CompareBar bar;
    private final Label remark = new Label();
    private final HBox content;
    private final HBox tools = new HBox(8);
    private final EmptyPane empty;

    /// @param fontFamily of the charts
    /// @param remedies controls of the empty pane, such as the button that adds a variant
    public CompareView(
            CompareViewModel model,
            RunsViewModel runs,
            ObservableValue<Palette> palette,
            String fontFamily,
            Node... remedies) {
        getStyleClass().add("compare-view");
        table = new CompareTable(model, palette, fontFamily);
        map = new VariantMap(palette, fontFamily);
        bar = new CompareBar(model);
        remark.getStyleClass().add("compare-remark");
        remark.setWrapText(true);
        remark.setMinWidth(0);
        VBox left = new VBox(table, remark);
        VBox.setVgrow(table, Priority.ALWAYS);
        HBox.setHgrow(left, Priority.ALWAYS);
        left.setMinWidth(0);
        BorderPane right = new BorderPane(map);
        right.getStyleClass().add("compare-map");
        right.setMinWidth(LEAST_MAP);
        right.prefWidthProperty()
                .bind(widthProperty().map(w -> Math.clamp(w.doubleValue() * MAP, LEAST_MAP, MOST_MAP)));
        content = new HBox(left, right);
        content.setAlignment(Pos.TOP_LEFT);
        content.setFillHeight(true);
        empty = new EmptyPane(
                "mdi2c-compare",
                "Nothing to compare with",
                "Make a variant of the model (Optimize), then see here what it won and what it cost, layer by layer.",
                remedies);
        StackPane variants = new StackPane(content, empty);
        RunsView measurements = new RunsView(runs);
        ToggleButton perVariant = segment("variants");
        ToggleButton perRun = segment("runs");
        SegmentedButton segments = Segments.of(List.of(perVariant, perRun));
        perVariant.setSelected(true);
        variants.visibleProperty().bind(perVariant.selectedProperty());
        measurements.visibleProperty().bind(perRun.selectedProperty());
        perRun.selectedProperty().addListener((o, before, now) -> runs.wanted(now && isVisible()));
        visibleProperty().addListener((o, before, now) -> runs.wanted(now && perRun.isSelected()));
        Node runsBar = measurements.tools();
        StackPane bars = new StackPane(bar, runsBar);
        bars.setAlignment(Pos.CENTER_RIGHT);
        HBox.setHgrow(bars, Priority.ALWAYS);
        perRun.selectedProperty().subscribe(so -> bars.getChildren().setAll(so ? runsBar : bar));
        tools.getStyleClass().add("tab-tools");
        tools.setAlignment(Pos.CENTER_RIGHT);
        tools.getChildren().setAll(bars, segments);
        getChildren().addAll(variants, measurements);
        // A tab that is not in front is filled when it comes there.
        model.state().addListener((o, before, now) -> {
            if (isVisible()) {
                show(now);
            }
        });
        visibleProperty().subscribe(visible -> {
            if (visible) {
                show(model.state().get());
            }
        });
    }

    /// The two variants and the summary: what stands at the right of the tab strip.
    public Node tools() {
        return tools;
    }

    private static ToggleButton segment(String text) {
        ToggleButton b = new ToggleButton(text);
        b.setId("compare-" + text);
        return b;
    }

    private void show(CompareState state) {
        boolean some = state.pair().isPresent();
        content.setVisible(some);
        empty.setVisible(!some);
        bar.show(state);
        table.show(state);
        map.show(state.points());
        String text = remark(state);
        remark.setText(text);
        remark.setVisible(!text.isEmpty());
        remark.setManaged(!text.isEmpty());
    }

    private static String remark(CompareState state) {
        List<String> sentences = new ArrayList<>();
        List<String> missing = state.notRun();
        if (!missing.isEmpty()) {
            sentences.add(String.join(", ", missing) + (missing.size() == 1 ? " has" : " have")
                    + " not run yet: times are " + Numbers.UNKNOWN + " until they are measured (F5).");
        }
        if (!state.apart().isEmpty()) {
            sentences.add("Measured in another way than the rest, so not on the map: "
                    + String.join(", ", state.apart()) + ". Run again to compare.");
        }
        return String.join(" ", sentences);
    }
}
