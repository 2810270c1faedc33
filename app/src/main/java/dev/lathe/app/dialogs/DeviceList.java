package dev.lathe.app.dialogs;

import dev.lathe.app.parts.Controls;
import dev.lathe.app.parts.Overlay;
import dev.lathe.app.project.Services.MachineDevice;
import dev.lathe.app.project.Workbench;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.profile.engine.Availability;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// The popover in which the user chooses what Run runs on. What cannot be used is listed with its reason and remedy.
public final class DeviceList extends VBox {
    /// @param packs opens what brings further devices
    public DeviceList(List<MachineDevice> devices, Workbench workbench, Overlay overlay, Runnable packs) {
        super(2);
        setId("device-list");
        setPadding(new Insets(8));
        setPrefWidth(400);
        Optional<Device> chosen = workbench.store().state().device();
        for (MachineDevice d : devices) {
            VBox words = new VBox(2, Controls.label(d.device().name(), d.ready() ? "strong" : "muted"));
            HBox line = new HBox(
                    10,
                    Controls.icon(
                            d.device().kind() == DeviceKind.GPU ? "mdi2e-expansion-card" : "mdi2c-cpu-64-bit",
                            d.ready() ? "accent" : "muted"),
                    words,
                    Controls.gap());
            line.setAlignment(Pos.CENTER_LEFT);
            if (chosen.equals(Optional.of(d.device()))) {
                line.getChildren().add(Controls.icon("mdi2c-check", "accent"));
            }
            switch (d.availability()) {
                case Availability.Ready r -> {
                    Button row = new Button("", line);
                    row.getStyleClass().add("ghost-button");
                    row.setMaxWidth(Double.MAX_VALUE);
                    line.setPrefWidth(362);
                    row.setOnAction(e -> {
                        workbench.chooseDevice(d.device());
                        overlay.close();
                    });
                    getChildren().add(row);
                }
                case Availability.Missing(String reason, String remedy) -> {
                    Label why = Controls.label(reason + " " + remedy, "caption");
                    why.setWrapText(true);
                    words.getChildren().add(why);
                    HBox.setHgrow(words, javafx.scene.layout.Priority.ALWAYS);
                    line.setPadding(new Insets(6, 10, 6, 10));
                    getChildren().add(line);
                }
            }
        }
        if (devices.isEmpty()) {
            getChildren().add(Controls.label("Still looking at this machine …", "muted"));
        }
        Button link = Controls.link("Packs for further devices…", packs);
        link.setId("device-packs");
        VBox.setMargin(link, new Insets(6, 10, 6, 10));
        RunSettingsRow settings = new RunSettingsRow(workbench);
        VBox.setMargin(settings, new Insets(6, 10, 2, 10));
        getChildren().addAll(settings, link);
    }
}
