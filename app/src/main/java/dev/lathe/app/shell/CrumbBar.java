package dev.lathe.app.shell;

import dev.lathe.app.graph.GraphViewModel;
import dev.lathe.app.parts.Controls;
import dev.lathe.app.parts.Segments;
import dev.lathe.app.project.ColourBy;
import dev.lathe.app.project.GraphSide;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.MenuButton;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import org.controlsfx.control.SegmentedButton;

/// The line above the graph: the way to the selection, what colours the graph, and what brings it into sight.
public final class CrumbBar extends HBox {
    /// Room for the segments, what is beside them and a short name of a model.
    private static final double WIDE = 720;

    /// What the two graphs and the line behind them take of it.
    private static final double SIDES = 140;

    /// Room for the two graphs and all words beside a way of three steps.
    private static final double ROOMY = 1100;

    /// What the last word of the way keeps when there is no room for all of it.
    private static final double LAST_CRUMB = 72;

    private final GraphViewModel graph;
    private final HBox crumbs = new HBox(2);
    private final Map<ColourBy, ToggleButton> colours = new EnumMap<>(ColourBy.class);
    private final Map<ColourBy, RadioMenuItem> items = new EnumMap<>(ColourBy.class);
    private final MenuButton menu = new MenuButton();
    private final Map<GraphSide, ToggleButton> sides = new EnumMap<>(GraphSide.class);
    private final BooleanProperty runtimeKnown = new SimpleBooleanProperty(false);

    public CrumbBar(
            GraphViewModel graph, Consumer<ColourBy> colour, Consumer<GraphSide> side, ObservableValue<String> zoom) {
        this.graph = graph;
        getStyleClass().add("crumb-bar");
        crumbs.setAlignment(Pos.CENTER_LEFT);
        crumbs.setMinWidth(0);
        HBox.setHgrow(crumbs, javafx.scene.layout.Priority.ALWAYS);
        for (ColourBy c : ColourBy.values()) {
            ToggleButton b = new ToggleButton(c.label());
            b.setId("colour-" + c.name().toLowerCase(Locale.ROOT));
            b.setOnAction(e -> colour.accept(c));
            colours.put(c, b);
            RadioMenuItem item = new RadioMenuItem(c.label());
            item.setOnAction(e -> colour.accept(c));
            items.put(c, item);
            menu.getItems().add(item);
        }
        for (GraphSide g : GraphSide.values()) {
            ToggleButton b = new ToggleButton(g.label());
            b.setId("graph-" + g.label());
            b.setOnAction(e -> side.accept(g));
            sides.put(g, b);
        }
        menu.setId("colour-menu");
        menu.setMinWidth(USE_PREF_SIZE);
        menu.setAccessibleText("Colour by");
        SegmentedButton segments = Segments.of(List.copyOf(colours.values()));
        HBox both = new HBox(8, Segments.of(List.copyOf(sides.values())), Controls.verticalRule());
        both.setAlignment(Pos.CENTER_LEFT);
        both.setMinWidth(USE_PREF_SIZE);
        both.managedProperty().bind(both.visibleProperty());
        both.visibleProperty().bind(runtimeKnown);
        var percent = Controls.label("", "muted", "small");
        percent.textProperty().bind(zoom);
        percent.setMinWidth(44);
        percent.setAlignment(Pos.CENTER_RIGHT);
        var by = Controls.label("Colour by", "muted", "small");
        by.setMinWidth(USE_PREF_SIZE);
        // Beside two graphs the way to the selection needs the room more; the legend tells the quantity, too.
        by.visibleProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> !runtimeKnown.get() || getWidth() >= ROOMY, runtimeKnown, widthProperty()));
        by.managedProperty().bind(by.visibleProperty());
        getChildren()
                .addAll(
                        crumbs,
                        both,
                        by,
                        segments,
                        menu,
                        Controls.verticalRule(),
                        Controls.iconButton("mdi2u-unfold-less-horizontal", "Collapse all blocks", graph::collapseAll),
                        Controls.iconButton("mdi2f-fit-to-screen-outline", "Fit the graph (0)", graph::fit),
                        percent);
        getStyleClass().add("in-pane");
        widthProperty().subscribe(() -> fold(segments));
        runtimeKnown.subscribe(() -> fold(segments));
        fold(segments);
    }

    /// Where there is no room for all the words, the one that is chosen stands for them.
    private void fold(SegmentedButton segments) {
        // Before it is laid out there is no width.
        boolean folded = getWidth() > 0 && getWidth() < WIDE + (runtimeKnown.get() ? SIDES : 0);
        segments.setVisible(!folded);
        segments.setManaged(!folded);
        menu.setVisible(folded);
        menu.setManaged(folded);
    }

    public void showColour(ColourBy chosen, boolean split) {
        colours.forEach((c, b) -> {
            b.setSelected(c == chosen);
            b.setDisable(c == ColourBy.STAGE && !split);
        });
        items.forEach((c, item) -> {
            item.setSelected(c == chosen);
            item.setDisable(c == ColourBy.STAGE && !split);
        });
        menu.setText(chosen.label());
    }

    /// Which graph is shown. Where only the model's own is known there is nothing to choose.
    public void showSide(GraphSide shown, boolean known) {
        sides.forEach((g, b) -> b.setSelected(g == shown));
        runtimeKnown.set(known);
    }

    /// Writes the way to the selection again. By hand: ControlsFX’s bar runs over what is beside it when it gets
    /// narrow, where these words are shortened.
    public void showCrumbs() {
        crumbs.getChildren().clear();
        List<GraphViewModel.Crumb> way = graph.crumbs();
        for (int i = 0; i < way.size(); i++) {
            GraphViewModel.Crumb crumb = way.get(i);
            if (i > 0) {
                crumbs.getChildren().add(Controls.label("›", "crumb-separator"));
            }
            Button b = new Button(crumb.label());
            // A name may have underscores: they are no mnemonics.
            b.setMnemonicParsing(false);
            b.getStyleClass().add("crumb");
            if (i == way.size() - 1) {
                b.getStyleClass().add("last");
                b.setMinWidth(LAST_CRUMB);
                // A short name stands at the left of its room.
                b.setAlignment(Pos.CENTER_LEFT);
            }
            b.setOnAction(e -> graph.reveal(crumb.target()));
            crumbs.getChildren().add(b);
        }
    }
}
