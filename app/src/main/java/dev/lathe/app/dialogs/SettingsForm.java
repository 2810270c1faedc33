package dev.lathe.app.dialogs;

import dev.lathe.app.parts.Controls;
import dev.lathe.app.project.Action;
import dev.lathe.app.project.Workbench;
import dev.lathe.app.theme.Look;
import dev.lathe.app.theme.Theme;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.geometry.Insets;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

/// The popover with the few things that can be set for good: the theme, and how many threads a run takes.
public final class SettingsForm extends VBox {
    /// @param packs opens the packs of engine libraries
    public SettingsForm(Workbench workbench, Look look, Consumer<Theme> setTheme, Runnable packs) {
        super(12);
        setId("settings-form");
        setPadding(new Insets(14));
        setPrefWidth(320);
        ComboBox<Theme> theme = new ComboBox<>();
        theme.getItems().setAll(Theme.values());
        theme.setValue(look.theme().get());
        theme.setConverter(new javafx.util.StringConverter<>() {
            @Override
            public String toString(Theme t) {
                return t.name().toLowerCase(Locale.ROOT);
            }

            @Override
            public Theme fromString(String text) {
                return Theme.valueOf(text.toUpperCase(Locale.ROOT));
            }
        });
        theme.valueProperty().addListener((o, a, next) -> setTheme.accept(next));
        GridPane grid = new GridPane(16, 10);
        grid.addRow(0, Controls.label("Theme"), theme);
        workbench.store().state().device().ifPresent(device -> {
            int most = Math.max(1, Runtime.getRuntime().availableProcessors());
            Spinner<Integer> threads = new Spinner<>(
                    1, most, Math.min(most, workbench.store().state().threads()));
            threads.setPrefWidth(90);
            threads.valueProperty()
                    .addListener((o, a, n) -> workbench.store().dispatch(new Action.ChooseDevice(device, n)));
            grid.addRow(1, Controls.label("Threads of a run"), threads);
        });
        Label where = Controls.label("Sizes, theme and recent files are kept in your configuration folder.", "caption");
        where.setWrapText(true);
        Button openPacks = Controls.button("mdi2e-expansion-card", "Packs for devices…", "plain-button", packs);
        openPacks.setId("settings-packs");
        getChildren().addAll(Controls.label("Settings", "strong"), grid, openPacks, where);
    }
}
