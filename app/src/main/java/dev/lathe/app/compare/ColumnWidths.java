package dev.lathe.app.compare;

import java.util.Collection;
import java.util.Comparator;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.Text;

/// How wide the comparison's columns must be for what is in them.
final class ColumnWidths {
    /// At both sides of a cell together.
    static final double PADDING = 16;

    private static final double SIZE = 12;
    private static final double ARROW = 16;
    private static final double LEAST_NAME = 34;

    private final Font plain;
    private final Font bold;

    /// A column's width: `least` cuts no number and no unit, `whole` cuts no name either.
    record Need(double least, double whole) {
        /// Between the two, at `part` in 0…1 of the way.
        double at(double part) {
            return Math.floor(least + part * (whole - least));
        }
    }

    ColumnWidths(String fontFamily) {
        plain = Font.font(fontFamily, SIZE);
        bold = Font.font(fontFamily, FontWeight.BOLD, SIZE);
    }

    /// @param name what of the heading may be cut, maybe nothing
    /// @param rest what of it may not
    /// @param cells all texts of the column: digits are of one width, so the longest is as wide as any
    /// @param sum the text in the footer
    /// @param sorted whether an arrow stands in the heading
    Need of(String name, String rest, Collection<String> cells, String sum, boolean sorted) {
        String longest =
                cells.stream().max(Comparator.comparingInt(String::length)).orElse("");
        double numbers = Math.max(width(longest, plain), width(sum, bold));
        double fixed = width(rest, bold) + (sorted ? ARROW : 0);
        double whole = width(name, bold);
        return new Need(
                Math.max(numbers, fixed + Math.min(whole, LEAST_NAME)) + PADDING + 2,
                Math.max(numbers, fixed + whole) + PADDING + 2);
    }

    private static double width(String text, Font font) {
        Text measured = new Text(text);
        measured.setFont(font);
        return Math.ceil(measured.getLayoutBounds().getWidth());
    }
}
