package dev.lathe.app.shell;

import dev.lathe.app.parts.Controls;
import dev.lathe.app.parts.Pane;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.Node;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.Text;

/// The strip of tabs below the graph and the pane of the chosen one.
public final class BottomTabs extends BorderPane {
    /// What the tools of the pane in front keep, in px: the bar of the layers table needs about that, others fold.
    private static final double LEAST_TOOLS = 420;
    /// Icon, gap, padding and spacing of a tab, in px.
    private static final double AROUND_NAME = 44;

    private final List<Pane> panes;
    private final List<ToggleButton> buttons = new ArrayList<>();
    private final HBox strip = new HBox();
    private final StackPane content = new StackPane();
    private final HBox tools = new HBox(8);
    private final ReadOnlyObjectWrapper<Pane> chosen;

    public BottomTabs(List<Pane> panes) {
        this.panes = List.copyOf(panes);
        this.chosen = new ReadOnlyObjectWrapper<>(panes.getFirst());
        getStyleClass().addAll("pane", "in-pane");
        setId("bottom-tabs");
        strip.getStyleClass().add("tab-strip");
        ToggleGroup group = new ToggleGroup();
        for (Pane p : panes) {
            ToggleButton button = new ToggleButton(p.title(), Controls.icon(p.icon()));
            button.getStyleClass().add("tab-button");
            button.setId("tab-" + p.title().toLowerCase(Locale.ROOT));
            button.setToggleGroup(group);
            // Where it gets narrow the tools give way.
            button.setMinWidth(USE_PREF_SIZE);
            button.setTooltip(new Tooltip(p.title()));
            button.setAccessibleText(p.title());
            button.setOnAction(e -> choose(p));
            p.badge()
                    .ifPresent(badge -> badge.subscribe(text -> {
                        button.setText(text.isEmpty() ? p.title() : p.title() + " " + text);
                        fold();
                    }));
            buttons.add(button);
            strip.getChildren().add(button);
            p.node().setVisible(false);
            content.getChildren().add(p.node());
        }
        tools.setAlignment(javafx.geometry.Pos.CENTER_RIGHT);
        strip.getChildren().addAll(Controls.gap(), tools);
        setTop(strip);
        setCenter(content);
        content.setMinHeight(0);
        setMinHeight(34);
        // The names give way: while they are shown they must not hold the window at their width.
        strip.setMinWidth(0);
        setMinWidth(0);
        strip.widthProperty().addListener((o, before, now) -> fold());
        choose(panes.getFirst());
    }

    public List<Pane> panes() {
        return panes;
    }

    public ReadOnlyObjectProperty<Pane> chosen() {
        return chosen.getReadOnlyProperty();
    }

    public void choose(Pane pane) {
        for (int i = 0; i < panes.size(); i++) {
            boolean on = panes.get(i) == pane;
            buttons.get(i).setSelected(on);
            panes.get(i).node().setVisible(on);
            panes.get(i).node().setManaged(on);
        }
        List<Node> extra = pane.tools();
        tools.getChildren().setAll(extra);
        fold();
        chosen.set(pane);
    }

    /// Where the names of all tabs would leave too little for the tools, the pictures of those behind stand alone. By
    /// the width alone, so that tabs stay where they are when another one comes to the front.
    private void fold() {
        double names = 0;
        for (ToggleButton b : buttons) {
            Text text = new Text(b.getText());
            text.setFont(Font.font(
                    b.getFont().getFamily(), FontWeight.BOLD, b.getFont().getSize()));
            names += text.getLayoutBounds().getWidth() + AROUND_NAME;
        }
        boolean narrow = strip.getWidth() > 0 && names + LEAST_TOOLS > strip.getWidth();
        buttons.forEach(b ->
                b.setContentDisplay(narrow && !b.isSelected() ? ContentDisplay.GRAPHIC_ONLY : ContentDisplay.LEFT));
    }

    /// The pane whose title is `name` in any case; the front stays as it is when there is none.
    public Optional<Pane> choose(String name) {
        Optional<Pane> found =
                panes.stream().filter(p -> p.title().equalsIgnoreCase(name)).findFirst();
        found.ifPresent(this::choose);
        return found;
    }

    public void choose(int index) {
        if (index < panes.size()) {
            choose(panes.get(index));
        }
    }
}
