package dev.lathe.app.start;

import dev.lathe.app.parts.Controls;
import dev.lathe.app.project.Services.MachineDevice;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.profile.engine.Availability;
import java.util.List;
import java.util.Map;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// The devices that are here and what is known about them; for what cannot be used, why and what would help.
final class MachineCard extends VBox {
    private static final double FACT_NAME_WIDTH = 116;

    MachineCard() {
        getStyleClass().add("card");
        setId("machine-card");
    }

    void show(List<MachineDevice> devices) {
        getChildren().clear();
        for (MachineDevice d : devices) {
            if (d.device().kind() == DeviceKind.CPU_GROUP) {
                continue; // parts of the CPU: they are for splitting, not for this list
            }
            if (!getChildren().isEmpty()) {
                getChildren().add(Controls.horizontalRule());
            }
            getChildren().add(row(d));
        }
    }

    private static VBox row(MachineDevice d) {
        boolean cpu = d.device().kind() == DeviceKind.CPU;
        VBox names = new VBox(2, Controls.label(d.device().name(), d.ready() ? "strong" : "muted"));
        HBox head = new HBox(
                12,
                Controls.icon(cpu ? "mdi2c-cpu-64-bit" : "mdi2e-expansion-card", d.ready() ? "accent" : "muted"),
                names,
                Controls.gap());
        head.setAlignment(Pos.CENTER_LEFT);
        VBox row = new VBox(head);
        row.getStyleClass().add("device-row");
        switch (d.availability()) {
            case Availability.Ready(String detail) -> {
                names.getChildren().add(Controls.label(detail.isEmpty() ? "ready" : "ready · " + detail, "caption"));
                head.getChildren().add(Controls.icon("mdi2c-check-circle", "good"));
                if (!d.facts().isEmpty()) {
                    row.getChildren().add(facts(d.facts()));
                }
            }
            case Availability.Missing(String reason, String remedy) -> {
                head.getChildren().add(Controls.label("unavailable", "tag-unavailable"));
                row.getChildren().addAll(wrapped(reason, "small"), wrapped(remedy, "small", "muted"));
            }
        }
        return row;
    }

    private static Label wrapped(String text, String... classes) {
        Label label = Controls.label(text, classes);
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        return label;
    }

    private static GridPane facts(Map<String, String> facts) {
        GridPane grid = new GridPane(12, 6);
        ColumnConstraints name = new ColumnConstraints(FACT_NAME_WIDTH);
        grid.getColumnConstraints().add(name);
        int line = 0;
        for (Map.Entry<String, String> fact : facts.entrySet()) {
            grid.add(Controls.label(fact.getKey(), "small", "muted"), 0, line);
            Label value = wrapped(fact.getValue(), "small");
            grid.add(value, 1, line++);
        }
        return grid;
    }
}
