package dev.lathe.app.compare;

import dev.lathe.app.parts.Called;
import dev.lathe.app.parts.FoldingRow;
import dev.lathe.app.project.VariantId;
import dev.lathe.app.ui.Numbers;
import dev.lathe.optimize.check.OutputDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// The summary of the comparison in a line (latency, file, likeness), and which two variants it is about.
final class CompareBar extends HBox {
    private static final double CHOOSER = 150;
    private static final double LEAST_CHOOSER = 96;

    private final ComboBox<CompareState.Choice> left = chooser("compare-left");
    private final ComboBox<CompareState.Choice> right = chooser("compare-right");
    private final FoldingRow figures = new FoldingRow(6);
    private boolean filling;

    CompareBar(CompareViewModel model) {
        super(8);
        setAlignment(Pos.CENTER_RIGHT);
        getStyleClass().add("tab-tools");
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
        figures.show(state.pair().map(CompareBar::summary).orElse(List.of()));
    }

    /// Where it is narrow, first what the tooltip says too goes, then the words that a unit makes clear, then how much
    /// that is, which the table's sums say.
    private static List<FoldingRow.Part> summary(CompareState.Pair p) {
        List<FoldingRow.Part> parts = new ArrayList<>();
        p.b().latency().ifPresent(l -> {
            parts.add(part("latency", "muted", 3));
            parts.add(part(Numbers.time(l), "strong", 0));
            p.speedup()
                    .ifPresent(s -> parts.add(
                            s >= 1
                                    ? part(
                                            "÷ " + Numbers.digits(s, 2),
                                            p.doubt().isEmpty() ? "good" : "muted",
                                            1)
                                    : part(
                                            "× " + Numbers.digits(1 / s, 2),
                                            p.doubt().isEmpty() ? "bad" : "muted",
                                            1)));
            p.doubt().ifPresent(why -> parts.add(part(why, "warn", 1)));
        });
        parts.add(part("file", "muted", 3));
        parts.add(part(Numbers.fileSize(p.b().fileBytes()), "strong", 0));
        double smaller = (double) p.a().fileBytes() / Math.max(1, p.b().fileBytes());
        parts.add(
                smaller >= 1
                        ? part("÷ " + Numbers.digits(smaller, 2), "good", 1)
                        : part("× " + Numbers.digits(1 / smaller, 2), "bad", 1));
        Optional<OutputDifference> worst = p.worst();
        worst.ifPresent(w -> {
            parts.add(part("cosine", "muted", 1));
            Label cosine = label(Numbers.cosine(w.cosine()), "strong");
            cosine.setTooltip(new Tooltip("Worst output against the source model: " + w.name() + ", largest difference "
                    + Numbers.digits(w.maxAbs(), 2) + ", SQNR " + Numbers.decibel(w.sqnrDb())));
            parts.add(new FoldingRow.Part(cosine, 0));
            parts.add(part(Numbers.decibel(w.sqnrDb()), w.sqnrDb() < 25 ? "warn" : "muted", 2));
        });
        return parts;
    }

    private static FoldingRow.Part part(String text, String style, int rank) {
        return new FoldingRow.Part(label(text, style), rank);
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
        box.setPrefWidth(CHOOSER);
        box.setMinWidth(LEAST_CHOOSER);
        box.setConverter(new Called<>(c -> c.name()));
        return box;
    }
}
