package dev.lathe.app.outline;

import dev.lathe.app.parts.CostStrip;
import dev.lathe.app.ui.Palette;
import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import org.kordamp.ikonli.javafx.FontIcon;

/// One line of the outline: chevron, name, cost strip, number.
final class OutlineCell extends ListCell<OutlineRow> {
    private static final double STRIP = 56;
    private static final double LEAST_STRIP = 24;
    /// Padding, chevron, gaps, a scroll bar and a name of common length.
    private static final double AROUND_STRIP = 176;

    private static final PseudoClass BLOCK = PseudoClass.getPseudoClass("block");
    private static final PseudoClass MODEL = PseudoClass.getPseudoClass("model");

    private final OutlineViewModel model;
    private final ObservableValue<Palette> palette;
    private final FontIcon chevron = new FontIcon("mdi2c-chevron-right");
    private final StackPane handle = new StackPane(chevron);
    private final Label name = new Label();
    private final CostStrip strip = new CostStrip(STRIP, 8);
    private final Amount amount = new Amount();
    private final HBox line = new HBox(4, handle, name, strip, amount);
    private final Tooltip tooltip = new Tooltip();

    OutlineCell(OutlineViewModel model, ObservableValue<Palette> palette) {
        this.model = model;
        this.palette = palette;
        getStyleClass().add("outline-cell");
        handle.getStyleClass().add("outline-chevron");
        name.getStyleClass().add("outline-name");
        amount.getStyleClass().add("outline-amount");
        name.setMaxWidth(Double.MAX_VALUE);
        name.setMinWidth(0);
        HBox.setHgrow(name, Priority.ALWAYS);
        HBox.setMargin(strip, new Insets(0, 4, 0, 4));
        line.setAlignment(Pos.CENTER_LEFT);
        // As wide as the list, never wider: names give way, numbers do not.
        line.prefWidthProperty().bind(widthProperty().subtract(16));
        line.maxWidthProperty().bind(line.prefWidthProperty());
        handle.setOnMousePressed(e -> {
            OutlineRow row = getItem();
            if (row != null && row.expandable() && e.getButton() == MouseButton.PRIMARY) {
                model.toggle(row.path());
                e.consume();
            }
        });
        setOnMouseClicked(e -> {
            OutlineRow row = getItem();
            if (row != null && row.expandable() && e.getClickCount() == 2) {
                model.toggle(row.path());
            }
        });
    }

    @Override
    protected void updateItem(OutlineRow row, boolean empty) {
        super.updateItem(row, empty);
        if (empty || row == null) {
            setGraphic(null);
            setTooltip(null);
            return;
        }
        chevron.setVisible(row.expandable());
        chevron.setIconLiteral(row.expanded() ? "mdi2c-chevron-down" : "mdi2c-chevron-right");
        HBox.setMargin(handle, new Insets(0, 0, 0, 12 * row.depth()));
        name.setText(row.label());
        // Blocks differ in their last letters, models in their first.
        name.setTextOverrun(row.depth() == 0 ? OverrunStyle.ELLIPSIS : OverrunStyle.LEADING_ELLIPSIS);
        amount.setText(row.amount());
        // Amounts with a unit are wider; one width for all keeps the strips in a column.
        double column = row.amount().indexOf(' ') > 0 && !row.amount().startsWith("<") ? 70 : 44;
        amount.setColumn(column);
        // Beside a scroll bar the strip gives way before the name does.
        strip.setWidth(Math.clamp(getListView().getWidth() - column - AROUND_STRIP, LEAST_STRIP, STRIP));
        pseudoClassStateChanged(BLOCK, row.strip());
        pseudoClassStateChanged(MODEL, row.depth() == 0);
        Palette p = palette.getValue();
        // The model has no strip; its name has the room.
        strip.setManaged(row.depth() > 0);
        if (row.depth() == 0) {
            strip.clear();
        } else if (row.strip()) {
            strip.draw(model.pieces(row.path()), p, true);
        } else {
            strip.draw(List.of(new CostStrip.Piece(row.part(), row.heat())), p, true);
        }
        tooltip.setText(row.path() + "\n" + row.hint());
        setTooltip(tooltip);
        setGraphic(line);
        setAccessibleText(row.label() + ", " + row.amount() + ", " + row.hint());
    }

    /// A number that is at least as wide as its column, and never narrower than what it says.
    private static final class Amount extends Label {
        private double column;

        void setColumn(double width) {
            column = width;
            requestLayout();
        }

        @Override
        protected double computePrefWidth(double height) {
            return Math.max(column, Math.ceil(super.computePrefWidth(height)));
        }

        @Override
        protected double computeMinWidth(double height) {
            return computePrefWidth(height);
        }
    }
}
