package dev.lathe.app.panes;

import javafx.scene.Node;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/// The pane at the right of the graph: the inspector, or the devices while the model is being split. Two segments in
/// its
/// header choose; bringing the schedule to the front chooses the devices.
public final class SidePane extends StackPane {
    private final ToggleButton layer = new ToggleButton("layer");
    private final ToggleButton devices = new ToggleButton("devices");
    private final HBox segments = new HBox(layer, devices);

    public SidePane(Region inspector, Region devicesPanel, Region schedule) {
        getChildren().addAll(inspector, devicesPanel);
        layer.setId("side-layer");
        devices.setId("side-devices");
        layer.getStyleClass().add("segment");
        devices.getStyleClass().addAll("segment", "last");
        segments.getStyleClass().add("segments");
        ToggleGroup group = new ToggleGroup();
        group.getToggles().addAll(layer, devices);
        layer.setSelected(true);
        group.selectedToggleProperty().addListener((o, before, now) -> {
            if (now == null) {
                group.selectToggle(before);
            }
        });
        inspector.visibleProperty().bind(layer.selectedProperty());
        devicesPanel.visibleProperty().bind(devices.selectedProperty());
        schedule.visibleProperty().addListener((o, before, front) -> group.selectToggle(front ? devices : layer));
    }

    /// What stands in the pane's header.
    public Node tools() {
        return segments;
    }
}
