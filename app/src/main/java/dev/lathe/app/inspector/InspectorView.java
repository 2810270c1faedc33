package dev.lathe.app.inspector;

import dev.lathe.app.parts.EmptyPane;
import dev.lathe.app.ui.Palette;
import java.util.List;
import java.util.concurrent.Executor;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// The inspector: a header that says what is selected and what it costs, and sections below it.
public final class InspectorView extends StackPane {
    private final VBox content = new VBox();
    private final ScrollPane scroll = new ScrollPane(content);
    private final EmptyPane empty =
            new EmptyPane("mdi2i-information-outline", "Nothing to inspect", "Open a model to see what is in it.");
    private final InspectorViewModel model;
    private final ObservableValue<Palette> palette;
    private final Executor frames;
    private List<InspectorSections.Part> shown = List.of();

    /// @param frames runs a task with each frame: a pane that was empty gets one section after the other
    public InspectorView(InspectorViewModel model, ObservableValue<Palette> palette, Executor frames) {
        this.model = model;
        this.palette = palette;
        this.frames = frames;
        getStyleClass().add("inspector-view");
        content.getStyleClass().add("inspector-content");
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("inspector-scroll");
        getChildren().addAll(scroll, empty);
        model.state().addListener((o, before, now) -> show(now));
        palette.addListener((o, before, now) -> show(model.state().get()));
        show(model.state().get());
    }

    private void show(InspectorState state) {
        InspectorSections sections = new InspectorSections(palette.getValue(), model::pick);
        List<InspectorSections.Part> parts = switch (state) {
            case InspectorState.Empty e -> List.of();
            case InspectorState.LayerState l -> sections.layer(l);
            case InspectorState.BlockState b -> sections.block(b);
            case InspectorState.ModelState m -> sections.model(m);
        };
        empty.setVisible(parts.isEmpty());
        scroll.setVisible(!parts.isEmpty());
        // Live numbers come several times a second: where the reader has scrolled to stays in view.
        double at = scroll.getVvalue();
        replace(parts);
        scroll.setVvalue(at);
    }

    /// Sections that say the same as before keep their nodes: making and styling new ones is what costs.
    private void replace(List<InspectorSections.Part> parts) {
        boolean sameKinds = shown.stream()
                .map(InspectorSections.Part::kind)
                .toList()
                .equals(parts.stream().map(InspectorSections.Part::kind).toList());
        List<InspectorSections.Part> before = shown;
        shown = parts;
        if (before.isEmpty()) {
            content.getChildren().clear();
            addNext();
        } else if (!sameKinds) {
            content.getChildren()
                    .setAll(parts.stream().map(InspectorSections.Part::make).toList());
        } else {
            for (int i = 0; i < content.getChildren().size(); i++) {
                if (!parts.get(i).says().equals(before.get(i).says())) {
                    content.getChildren().set(i, parts.get(i).make());
                }
            }
        }
    }

    /// Adds the first section that is not there yet, and the others with the frames that follow: the first model of a
    /// window brings all of them at once, and styling a section for the first time takes long.
    private void addNext() {
        int made = content.getChildren().size();
        if (made < shown.size()) {
            content.getChildren().add(shown.get(made).make());
            frames.execute(this::addNext);
        }
    }
}
