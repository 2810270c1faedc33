package dev.lathe.app.memory;

import dev.lathe.app.ui.Numbers;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/// The tensors that make the peak, the largest first.
final class PeakTable extends TableView<MemoryBlock> {
    PeakTable(MemoryViewModel model) {
        setId("peak-table");
        getStyleClass().add("pane-table");
        setFixedCellSize(24);
        setMinWidth(0);
        setPlaceholder(new Label("No tensor of known size"));
        column("Alive at the peak", 176, false, MemoryBlock::name, MemoryBlock::name);
        column("Size", 84, true, b -> Numbers.bytes(b.bytes()), MemoryBlock::bytes);
        column("Nodes", 64, true, b -> Numbers.grouped(b.to() - b.from() + 1), b -> b.to() - b.from());
        getSelectionModel().selectedItemProperty().addListener((o, before, now) -> {
            if (now != null) {
                model.pick(now);
            }
        });
    }

    void show(MemoryState s) {
        getItems().setAll(s.peakMakers());
        sort();
    }

    private <T extends Comparable<T>> void column(
            String title,
            double width,
            boolean number,
            Function<MemoryBlock, String> words,
            Function<MemoryBlock, T> key) {
        TableColumn<MemoryBlock, MemoryBlock> c = new TableColumn<>(title);
        c.setPrefWidth(width);
        c.setMinWidth(36);
        c.getStyleClass().add(number ? "number-column" : "text-column");
        c.setCellValueFactory(v -> new ReadOnlyObjectWrapper<>(v.getValue()));
        c.setCellFactory(x -> new TableCell<>() {
            {
                setAlignment(number ? Pos.CENTER_RIGHT : Pos.CENTER_LEFT);
                getStyleClass().add(number ? "number" : "cell-strong");
            }

            @Override
            protected void updateItem(MemoryBlock b, boolean empty) {
                super.updateItem(b, empty);
                setText(empty || b == null ? "" : words.apply(b));
            }
        });
        c.setComparator((a, b) -> key.apply(a).compareTo(key.apply(b)));
        getColumns().add(c);
    }
}
