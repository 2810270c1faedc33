package dev.lathe.app.compare;

import dev.lathe.app.parts.Called;
import dev.lathe.app.parts.Controls;
import dev.lathe.app.parts.FoldingRow;
import dev.lathe.profile.compare.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;

/// Which two measurements are compared, and how their latencies differ.
final class RunsBar extends HBox {
    private static final double CHOOSER = 220;
    private static final double LEAST_CHOOSER = 160;

    private final ComboBox<RunChoice> before = chooser("runs-before", "The earlier measurement");
    private final ComboBox<RunChoice> after = chooser("runs-after", "The later measurement");
    private final FoldingRow figures = new FoldingRow(6);
    private boolean filling;

    RunsBar(RunsViewModel model) {
        super(8);
        setAlignment(Pos.CENTER_RIGHT);
        listen(before, model::chooseBefore);
        listen(after, model::chooseAfter);
        Button swap = Controls.iconButton("mdi2s-swap-horizontal", "Swap the sides", model::swap);
        swap.getStyleClass().add("small-icon-button");
        getChildren().addAll(figures, before, swap, after);
    }

    private void listen(ComboBox<RunChoice> box, Consumer<RunChoice> chosen) {
        box.valueProperty().addListener((o, was, now) -> {
            if (now != null && !filling) {
                chosen.accept(now);
            }
        });
    }

    void show(RunsState s) {
        filling = true;
        before.getItems().setAll(s.choices());
        after.getItems().setAll(s.choices());
        s.before().ifPresent(before::setValue);
        s.after().ifPresent(after::setValue);
        filling = false;
        figures.show(s.comparison().map(c -> summary(c.latency())).orElse(List.of()));
    }

    private static List<FoldingRow.Part> summary(Difference d) {
        List<FoldingRow.Part> parts = new ArrayList<>();
        parts.add(part("latency", "muted", 3));
        parts.add(part(RunsTable.ms(d.before()) + " → " + RunsTable.ms(d.after()), "strong", 1));
        String change = dev.lathe.app.ui.Numbers.change(d.percent() / 100);
        parts.add(part(change, d.isSure() ? d.percent() > 0 ? "bad" : "good" : "muted", 0));
        parts.add(part("95 %: " + RunRow.interval(d), "muted", 2));
        if (!d.isSure() && !Double.isNaN(d.lowPercent())) {
            parts.add(part(d.doubted() ? "unsteady: other programs took time" : "may be chance", "warn", 2));
        }
        return parts;
    }

    private static FoldingRow.Part part(String text, String style, int rank) {
        Label l = Controls.label(text, "compare-figure", style);
        return new FoldingRow.Part(l, rank);
    }

    private static ComboBox<RunChoice> chooser(String id, String what) {
        ComboBox<RunChoice> box = new ComboBox<>();
        box.setId(id);
        box.setAccessibleText(what);
        box.setPrefWidth(CHOOSER);
        box.setMinWidth(LEAST_CHOOSER);
        box.setConverter(new Called<>(c -> c.title()));
        return box;
    }
}
