package dev.lathe.app.parts;

import dev.lathe.core.OneLine;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.HPos;
import javafx.geometry.VPos;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;

/// Names and values in two columns, with remarks at the right. Where a line is too narrow for value and remark, the
/// remark goes below the value and a long value takes more lines: numbers are never cut.
public final class FactRows extends Pane {
    private static final double GAP = 8;
    private static final double LINE_GAP = 4;
    private static final double LEAST_NAME = 76;
    private static final double MOST_NAME = 0.44;

    private final List<Row> rows = new ArrayList<>();

    private record Row(Label name, Label value, Label hint) {
        boolean hinted() {
            return !hint.getText().isEmpty();
        }
    }

    /// @return the label of the name, for a tooltip
    public Label add(String name, String value, String hint) {
        Row row = new Row(
                Controls.label(OneLine.of(name), "inspector-key"),
                Controls.label(value, "inspector-value"),
                Controls.label(hint, "inspector-line"));
        row.value().setWrapText(true);
        row.value().setMinHeight(Region.USE_PREF_SIZE);
        if (value.length() > 24) {
            row.value().setTooltip(new Tooltip(value));
        }
        rows.add(row);
        getChildren().addAll(row.name(), row.value(), row.hint());
        return row.name();
    }

    /// The row that was added last can be picked, with a click or with Enter.
    public void pick(Runnable act) {
        Label name = rows.getLast().name();
        name.getStyleClass().setAll("label", "inspector-link");
        name.setFocusTraversable(true);
        name.setOnMouseClicked(e -> act.run());
        name.setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.ENTER) {
                act.run();
                e.consume();
            }
        });
    }

    /// A name that the model's author chose: one line, its end shown where it is too long, whole on the pointer.
    public Label addName(String name, String value) {
        Label label = add(name, OneLine.of(value), "");
        Label shown = rows.getLast().value();
        shown.setWrapText(false);
        shown.setTextOverrun(OverrunStyle.LEADING_ELLIPSIS);
        shown.setTooltip(new Tooltip(value));
        return label;
    }

    @Override
    protected double computeMinWidth(double height) {
        return 0;
    }

    @Override
    protected double computePrefHeight(double width) {
        return arrange(width > 0 ? width : getWidth(), false);
    }

    @Override
    public javafx.geometry.Orientation getContentBias() {
        return javafx.geometry.Orientation.HORIZONTAL;
    }

    @Override
    protected void layoutChildren() {
        arrange(getWidth(), true);
    }

    /// @return the height of all rows in `width`
    private double arrange(double width, boolean place) {
        double widest = rows.stream().mapToDouble(r -> wide(r.name())).max().orElse(0);
        double names = Math.min(Math.max(LEAST_NAME, widest), Math.max(LEAST_NAME, width * MOST_NAME));
        double x = names + GAP;
        double y = 0;
        for (Row r : rows) {
            double hint = r.hinted() ? wide(r.hint()) : 0;
            double room = Math.max(20, width - x);
            boolean beside = hint == 0 || wide(r.value()) + GAP + hint <= room;
            double valueWidth = beside && hint > 0 ? room - hint - GAP : room;
            double height = Math.ceil(r.value().prefHeight(valueWidth));
            if (place) {
                double line = r.value().prefHeight(-1);
                layoutInArea(r.name(), 0, y, names, line, 0, HPos.LEFT, VPos.CENTER);
                r.value().resizeRelocate(x, y, valueWidth, height);
            }
            if (hint > 0) {
                double line = r.hint().prefHeight(-1);
                double top = beside ? y + (r.value().prefHeight(-1) - line) / 2 : y + height;
                if (place) {
                    r.hint().resizeRelocate(Math.max(0, width - hint), top, Math.min(hint, width), line);
                }
                height += beside ? 0 : Math.ceil(line);
            }
            y += height + LINE_GAP;
        }
        return Math.max(0, y - LINE_GAP);
    }

    /// To whole pixels: a label a fraction narrower than its text is cut.
    private static double wide(Label label) {
        return Math.ceil(label.prefWidth(-1));
    }
}
