package dev.lathe.app.compare;

import dev.lathe.app.project.VariantId;
import dev.lathe.app.ui.Numbers;
import dev.lathe.optimize.check.OutputDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.util.StringConverter;
import org.kordamp.ikonli.javafx.FontIcon;

/// The summary of the comparison in a line (latency, file, likeness), and which two variants it is about.
final class CompareBar extends HBox {
    private final ComboBox<CompareState.Choice> left = chooser("compare-left");
    private final ComboBox<CompareState.Choice> right = chooser("compare-right");
    private final HBox figures = new HBox(6);
    private boolean filling;

    CompareBar(CompareViewModel model) {
        super(8);
        setAlignment(Pos.CENTER_RIGHT);
        getStyleClass().add("tab-tools");
        figures.setAlignment(Pos.CENTER_RIGHT);
        listen(left, model::chooseLeft);
        listen(right, model::chooseRight);
        Button swap = new Button("", new FontIcon("mdi2s-swap-horizontal"));
        swap.getStyleClass().addAll("icon-button", "small-icon-button");
        swap.setTooltip(new Tooltip("Swap the sides"));
        swap.setAccessibleText("Swap the sides");
        swap.setOnAction(e -> model.swap());
        getChildren().addAll(figures, left, swap, right);
    }

    private void listen(ComboBox<CompareState.Choice> box, Consumer<VariantId> chosen) {
        box.valueProperty().addListener((o, before, now) -> {
            if (now != null && !filling) {
                chosen.accept(now.id());
            }
        });
    }

    void show(CompareState state) {
        filling = true;
        boolean some = state.pair().isPresent();
        left.getItems().setAll(state.choices());
        right.getItems().setAll(state.choices());
        state.pair().ifPresent(p -> {
            choose(left, p.a().id());
            choose(right, p.b().id());
        });
        filling = false;
        getChildren().forEach(n -> {
            n.setVisible(some);
            n.setManaged(some);
        });
        figures.getChildren().setAll(state.pair().map(CompareBar::summary).orElse(List.of()));
    }

    private static List<Node> summary(CompareState.Pair p) {
        List<Node> parts = new ArrayList<>();
        p.b().latency().ifPresent(l -> {
            parts.add(label("latency", "muted"));
            parts.add(label(Numbers.time(l), "strong"));
            p.speedup()
                    .ifPresent(s -> parts.add(
                            s >= 1
                                    ? label(
                                            "÷ " + Numbers.digits(s, 2),
                                            p.doubt().isEmpty() ? "good" : "muted")
                                    : label(
                                            "× " + Numbers.digits(1 / s, 2),
                                            p.doubt().isEmpty() ? "bad" : "muted")));
            p.doubt().ifPresent(why -> parts.add(label(why, "warn")));
        });
        parts.add(label("file", "muted"));
        parts.add(label(Numbers.fileSize(p.b().fileBytes()), "strong"));
        double smaller = (double) p.a().fileBytes() / Math.max(1, p.b().fileBytes());
        parts.add(
                smaller >= 1
                        ? label("÷ " + Numbers.digits(smaller, 2), "good")
                        : label("× " + Numbers.digits(1 / smaller, 2), "bad"));
        Optional<OutputDifference> worst = p.worst();
        worst.ifPresent(w -> {
            parts.add(label("cosine", "muted"));
            Label cosine = label(Numbers.cosine(w.cosine()), "strong");
            cosine.setTooltip(new Tooltip("Worst output against the source model: " + w.name() + ", largest difference "
                    + Numbers.digits(w.maxAbs(), 2)));
            parts.add(cosine);
            parts.add(label(Numbers.decibel(w.sqnrDb()), w.sqnrDb() < 25 ? "warn" : "muted"));
        });
        return parts;
    }

    private static Label label(String text, String style) {
        Label l = new Label(text);
        l.getStyleClass().addAll("compare-figure", style);
        return l;
    }

    private static void choose(ComboBox<CompareState.Choice> box, VariantId id) {
        box.getItems().stream().filter(c -> c.id().equals(id)).findFirst().ifPresent(box::setValue);
    }

    private static ComboBox<CompareState.Choice> chooser(String id) {
        ComboBox<CompareState.Choice> box = new ComboBox<>();
        box.setId(id);
        box.setPrefWidth(150);
        box.setConverter(new StringConverter<>() {
            @Override
            public String toString(CompareState.Choice c) {
                return c == null ? "" : c.name();
            }

            @Override
            public CompareState.Choice fromString(String text) {
                throw new UnsupportedOperationException("the list is not editable");
            }
        });
        return box;
    }
}
