package dev.lathe.app.values;

import dev.lathe.app.parts.Called;
import dev.lathe.app.parts.Controls;
import dev.lathe.app.ui.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;

/// Which part of a tensor is looked at: the axes that go down and across, and the places of the others.
final class SliceBar extends FlowPane {
    private final ValuesViewModel model;
    private final LongConsumer firstColumn;
    private List<Long> dims = List.of(-1L);
    private int down = -2;
    private int across = -2;

    /// @param firstColumn told where the table's columns are to begin
    SliceBar(ValuesViewModel model, LongConsumer firstColumn) {
        super(12, 4);
        this.model = model;
        this.firstColumn = firstColumn;
        getStyleClass().add("slice-bar");
    }

    void show(TensorSlice s) {
        if (s.tensor().dims().equals(dims) && s.rowAxis() == down && s.columnAxis() == across) {
            return;
        }
        dims = s.tensor().dims();
        down = s.rowAxis();
        across = s.columnAxis();
        List<Node> parts = new ArrayList<>();
        if (dims.size() > 2) {
            parts.add(part("down", axes(s.rowAxis(), a -> model.move(x -> x.down(a)))));
            parts.add(part("across", axes(s.columnAxis(), a -> model.move(x -> x.across(a)))));
        }
        for (int axis = 0; axis < dims.size(); axis++) {
            if (axis != s.rowAxis() && axis != s.columnAxis()) {
                int which = axis;
                parts.add(part(
                        "axis " + axis,
                        places(
                                "slice-axis-" + axis,
                                dims.get(axis),
                                s.at().get(axis),
                                1,
                                v -> model.move(x -> x.at(which, v)))));
            }
        }
        if (s.columns() > SliceTable.COLUMNS) {
            parts.add(part("columns from", places("slice-columns", s.columns(), 0, SliceTable.COLUMNS, firstColumn)));
        }
        getChildren().setAll(parts);
        setManaged(!parts.isEmpty());
        setVisible(!parts.isEmpty());
    }

    private static Node part(String name, Node control) {
        Label l = Controls.label(name, "inspector-key");
        l.setMinWidth(USE_PREF_SIZE);
        HBox box = new HBox(6, l, control);
        box.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        return box;
    }

    private ComboBox<Integer> axes(int chosen, java.util.function.IntConsumer act) {
        ComboBox<Integer> box = new ComboBox<>();
        box.getItems().setAll(IntStream.range(0, dims.size()).boxed().toList());
        box.setConverter(new Called<>(axis -> "axis " + axis + ", " + Numbers.grouped(dims.get(axis))));
        box.setValue(chosen);
        box.setPrefWidth(116);
        box.setMinWidth(116);
        box.valueProperty().addListener((o, before, now) -> act.accept(now));
        return box;
    }

    private static Spinner<Integer> places(String id, long size, long at, int step, LongConsumer act) {
        int most = (int) Math.min(Integer.MAX_VALUE, size - 1);
        Spinner<Integer> spinner = new Spinner<>(0, Math.max(0, most), (int) at, step);
        spinner.setId(id);
        spinner.setEditable(true);
        spinner.setPrefWidth(92);
        spinner.setMinWidth(92);
        spinner.valueProperty().addListener((o, before, now) -> act.accept(now));
        return spinner;
    }
}
