package dev.lathe.app.layers;

import dev.lathe.app.parts.Paints;
import dev.lathe.app.ui.Heat;
import dev.lathe.app.ui.Numbers;
import dev.lathe.app.ui.Palette;
import dev.lathe.core.OneLine;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.control.skin.TableViewSkin;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.shape.Rectangle;

/// The cells of the layers table: plain words, right-aligned numbers, share bars.
final class LayersCells {
    private static final PseudoClass UNKNOWN = PseudoClass.getPseudoClass("unknown");

    private LayersCells() {}

    /// A cell that shows its row.
    abstract static class Cell extends TableCell<LayerRow, LayerRow> {}

    /// @param style an extra style class: `figure`, `muted`, `strong` or none
    static Supplier<Cell> text(boolean number, Function<LayerRow, String> words, String style) {
        return () -> {
            Cell cell = new Cell() {
                @Override
                protected void updateItem(LayerRow row, boolean empty) {
                    super.updateItem(row, empty);
                    String text = empty || row == null ? "" : OneLine.of(words.apply(row));
                    setText(text);
                    pseudoClassStateChanged(UNKNOWN, text.equals(Numbers.UNKNOWN));
                }
            };
            cell.setAlignment(number ? Pos.CENTER_RIGHT : Pos.CENTER_LEFT);
            if (number) {
                // The theme's style sheet sets alignment, and wins over what is set here.
                cell.getStyleClass().add("number");
            }
            if (!style.isEmpty()) {
                cell.getStyleClass().add("cell-" + style);
            }
            return cell;
        };
    }

    /// With a tooltip of its own.
    static Supplier<Cell> told(boolean number, Function<LayerRow, String> words, Function<LayerRow, String> tip) {
        Supplier<Cell> plain = text(number, words, "");
        return () -> {
            Cell cell = plain.get();
            cell.itemProperty().addListener((o, before, now) -> {
                String more = now == null ? "" : tip.apply(now);
                cell.setTooltip(more.isEmpty() ? null : new Tooltip(more));
            });
            return cell;
        };
    }

    static Supplier<Cell> share(ObservableValue<Palette> palette, DoubleSupplier largest) {
        return () -> new ShareCell(palette, largest);
    }

    /// A bar of at most 76×10 in the heat's colour, and the share as a number.
    private static final class ShareCell extends Cell {
        private final ObservableValue<Palette> palette;
        private final DoubleSupplier largest;
        private final Rectangle track = new Rectangle(76, 10);
        private final Rectangle bar = new Rectangle(0, 10);
        private final Label number = new Label();
        private final HBox box;

        ShareCell(ObservableValue<Palette> palette, DoubleSupplier largest) {
            this.palette = palette;
            this.largest = largest;
            StackPane bars = new StackPane(track, bar);
            bars.setAlignment(Pos.CENTER_LEFT);
            track.setArcWidth(3);
            track.setArcHeight(3);
            bar.setArcWidth(3);
            bar.setArcHeight(3);
            box = new HBox(8, bars, number);
            box.setAlignment(Pos.CENTER_LEFT);
            number.getStyleClass().add("share-number");
            setAlignment(Pos.CENTER_LEFT);
        }

        @Override
        protected void updateItem(LayerRow row, boolean empty) {
            super.updateItem(row, empty);
            if (empty || row == null) {
                setGraphic(null);
                return;
            }
            Palette p = palette.getValue();
            double most = largest.getAsDouble();
            double heat = most == 0 ? 0 : row.share() / most;
            track.setFill(Paints.fx(p.track()));
            bar.setFill(Paints.fx(Heat.rgb(heat, p.dark())));
            bar.setWidth(row.share() == 0 ? 0 : Math.max(1.5, 76 * heat));
            number.setText(row.timing().isPresent() ? Numbers.share(row.share()) : Numbers.UNKNOWN);
            setGraphic(box);
        }
    }

    static boolean isVisible(TableView<?> table, int index) {
        if (table.getSkin() instanceof TableViewSkin<?> skin
                && skin.getChildren().stream()
                                .filter(VirtualFlow.class::isInstance)
                                .findFirst()
                                .orElse(null)
                        instanceof VirtualFlow<?> flow
                && flow.getFirstVisibleCell() != null
                && flow.getLastVisibleCell() != null) {
            return index >= flow.getFirstVisibleCell().getIndex()
                    && index <= flow.getLastVisibleCell().getIndex() - 1;
        }
        return false;
    }
}
