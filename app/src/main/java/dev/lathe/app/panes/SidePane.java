package dev.lathe.app.panes;

import dev.lathe.app.parts.Segments;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.controlsfx.control.SegmentedButton;

/// The pane at the right of the graph: the inspector, or the devices while the model is being split. Two segments in
/// its header choose; bringing the schedule to the front chooses the devices.
public final class SidePane extends StackPane {
    private final ToggleButton layer = new ToggleButton("layer");
    private final ToggleButton devices = new ToggleButton("devices");
    private final SegmentedButton segments = Segments.of(List.of(layer, devices));

    public SidePane(Region inspector, Region devicesPanel, Region schedule) {
        getChildren().addAll(inspector, devicesPanel);
        layer.setId("side-layer");
        devices.setId("side-devices");
        layer.setSelected(true);
        inspector.visibleProperty().bind(layer.selectedProperty());
        devicesPanel.visibleProperty().bind(devices.selectedProperty());
        schedule.visibleProperty().addListener((o, before, front) -> (front ? devices : layer).setSelected(true));
    }

    /// What stands in the pane's header.
    public Node tools() {
        return segments;
    }
}
