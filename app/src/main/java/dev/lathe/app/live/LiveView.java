package dev.lathe.app.live;

import dev.lathe.app.parts.Called;
import dev.lathe.app.parts.EmptyPane;
import dev.lathe.app.ui.Palette;
import java.util.ArrayList;
import java.util.List;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.kordamp.ikonli.javafx.FontIcon;

/// The Live tab: four charts that step at five times a second while the tab is on the screen and something has changed.
public final class LiveView extends StackPane {
    private static final Duration STEP = Duration.millis(200);
    private static final List<Integer> WINDOWS = List.of(30, 60, 300, 900);

    private final LiveViewModel model;
    private final List<LiveChartView> charts = new ArrayList<>();
    private final HBox row = new HBox();
    private final Label words = new Label();
    private final VBox content = new VBox(words, row);
    private final EmptyPane empty;
    private final HBox tools;
    private long drawn = -1;

    public LiveView(LiveViewModel model, ObservableValue<Palette> palette, String fontFamily, Node... startRun) {
        this.model = model;
        getStyleClass().add("live-view");
        row.getStyleClass().add("live-charts");
        ChartLook look = new ChartLook(palette.getValue(), fontFamily);
        for (int i = 0; i < model.state().charts().size(); i++) {
            LiveChartView chart = new LiveChartView(look);
            HBox.setHgrow(chart, Priority.ALWAYS);
            chart.setPrefWidth(200);
            chart.setMinWidth(0);
            charts.add(chart);
        }
        row.getChildren().addAll(charts);
        empty = new EmptyPane(
                "mdi2c-chart-line",
                "No run to show",
                "Run the model to see its latency, throughput, memory and load as they happen.",
                startRun);
        words.setId("live-run");
        words.getStyleClass().add("live-run");
        words.setMaxWidth(Double.MAX_VALUE);
        VBox.setVgrow(row, Priority.ALWAYS);
        getChildren().addAll(content, empty);
        tools = makeTools();
        palette.addListener((o, before, now) -> {
            ChartLook next = new ChartLook(now, fontFamily);
            charts.forEach(c -> c.setLook(next));
            drawn = -1;
            refresh();
        });
        visibleProperty().addListener((o, before, now) -> refresh());
        Timeline clock = new Timeline(new KeyFrame(STEP, e -> refresh()));
        clock.setCycleCount(Timeline.INDEFINITE);
        // A clock that ticks for a tab that nobody sees would keep the window busy for nothing.
        sceneProperty().addListener((o, before, now) -> {
            if (now == null) {
                clock.stop();
            } else {
                refresh();
                clock.play();
            }
        });
        refresh();
    }

    /// Window length and pause: what stands at the right of the tab strip.
    public Node tools() {
        return tools;
    }

    private HBox makeTools() {
        ComboBox<Integer> window = new ComboBox<>(FXCollections.observableArrayList(WINDOWS));
        window.setId("live-window");
        window.setValue(model.windowSeconds().get());
        window.setConverter(
                new Called<>(seconds -> seconds < 120 ? "last " + seconds + " s" : "last " + seconds / 60 + " min"));
        window.valueProperty().addListener((o, before, now) -> {
            model.windowSeconds().set(now);
            refresh();
        });
        ToggleButton pause = new ToggleButton("", new FontIcon("mdi2p-pause"));
        pause.setId("live-pause");
        pause.getStyleClass().addAll("icon-button", "small-icon-button");
        pause.setTooltip(new Tooltip("Hold the charts; the run goes on"));
        pause.setAccessibleText("Hold the charts");
        pause.selectedProperty().bindBidirectional(model.paused());
        HBox box = new HBox(8, window, pause);
        box.setAlignment(Pos.CENTER_RIGHT);
        box.getStyleClass().add("tab-tools");
        return box;
    }

    /// Draws when there is something new to draw.
    void refresh() {
        long now = model.revision();
        // A tab that is not in front draws when it comes there.
        if (now == drawn || !isVisible()) {
            return;
        }
        drawn = now;
        LiveState state = model.state();
        boolean nothing = state.empty() && !state.running();
        empty.setVisible(nothing);
        content.setVisible(!nothing);
        words.setText(state.words());
        for (int i = 0; i < charts.size(); i++) {
            charts.get(i).show(state.charts().get(i), state.windowSeconds());
        }
    }
}
