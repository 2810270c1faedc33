package dev.lathe.app.graph;

import dev.lathe.app.theme.Look;
import dev.lathe.app.ui.Heat;
import dev.lathe.app.ui.Palette;
import dev.lathe.core.OneLine;
import java.util.HashMap;
import java.util.Map;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.shape.StrokeLineCap;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.Text;
import javafx.scene.text.TextAlignment;

/// Draws shapes and text on a canvas in screen pixels, with the theme's colours; text is measured once and
/// shortened to the room it has.
final class Brush {
    static final double SMALLEST_TEXT = 9;

    final GraphicsContext g;
    Palette palette;

    private final Map<Integer, Color> colours = new HashMap<>();
    private final Map<Integer, Font> fonts = new HashMap<>();
    private final Map<String, Double> widths = new HashMap<>();
    private final Map<String, String> cut = new HashMap<>();
    private final Text ruler = new Text();

    Brush(GraphicsContext g, Palette palette) {
        this.g = g;
        this.palette = palette;
    }

    Color colour(int rgb) {
        return colours.computeIfAbsent(rgb, c -> Color.rgb(c >> 16 & 255, c >> 8 & 255, c & 255));
    }

    Color colour(int rgb, double opacity) {
        return opacity >= 1 ? colour(rgb) : Color.rgb(rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255, opacity);
    }

    private Font font(double size, boolean bold) {
        int key = (int) Math.round(size * 4) * 2 + (bold ? 1 : 0);
        return fonts.computeIfAbsent(
                key, k -> Font.font(Look.FONT, bold ? FontWeight.BOLD : FontWeight.NORMAL, (k / 2) / 4.0));
    }

    double width(String text, double size, boolean bold) {
        if (widths.size() > 20_000) {
            widths.clear();
        }
        return widths.computeIfAbsent(Math.round(size * 4) + (bold ? "b" : "n") + text, k -> {
            ruler.setFont(font(size, bold));
            ruler.setText(text);
            return ruler.getLayoutBounds().getWidth();
        });
    }

    /// Draws text with its middle at height `y`, from `x` on; what does not fit into `room` ends with ….
    double text(String text, double x, double y, double size, boolean bold, int rgb, double room) {
        return text(text, x, y, size, bold, colour(rgb), room, TextAlignment.LEFT);
    }

    double textRight(String text, double right, double y, double size, boolean bold, int rgb) {
        return text(text, right, y, size, bold, colour(rgb), 1e9, TextAlignment.RIGHT);
    }

    double textMiddle(String text, double x, double y, double size, boolean bold, int rgb, double room) {
        return text(text, x, y, size, bold, colour(rgb), room, TextAlignment.CENTER);
    }

    private double text(
            String text, double x, double y, double size, boolean bold, Color c, double room, TextAlignment align) {
        String shown = fitted(OneLine.of(text), size, bold, room);
        if (shown.isEmpty()) {
            return 0;
        }
        g.setFont(font(size, bold));
        g.setFill(c);
        g.setTextAlign(align);
        g.setTextBaseline(VPos.CENTER);
        g.fillText(shown, Math.round(x), Math.round(y));
        return width(shown, size, bold);
    }

    private String fitted(String text, double size, boolean bold, double room) {
        if (text.isEmpty() || width(text, size, bold) <= room) {
            return text;
        }
        if (cut.size() > 5_000) {
            cut.clear();
        }
        return cut.computeIfAbsent(Math.round(size * 4) + (bold ? "b" : "n") + Math.round(room) + text, k -> {
            int low = 0;
            int high = text.length();
            while (low < high) {
                int mid = (low + high + 1) / 2;
                ruler.setFont(font(size, bold));
                ruler.setText(text.substring(0, mid) + "…");
                if (ruler.getLayoutBounds().getWidth() <= room) {
                    low = mid;
                } else {
                    high = mid - 1;
                }
            }
            return low < 2 ? "" : text.substring(0, low).stripTrailing() + "…";
        });
    }

    void fill(double x, double y, double w, double h, double radius, Color c) {
        g.setFill(c);
        if (radius < 1) {
            g.fillRect(Math.round(x), Math.round(y), Math.max(1, Math.round(w)), Math.max(1, Math.round(h)));
        } else {
            g.fillRoundRect(snap(x) - 0.5, snap(y) - 0.5, Math.round(w), Math.round(h), 2 * radius, 2 * radius);
        }
    }

    void border(double x, double y, double w, double h, double radius, Color c, double line) {
        g.setStroke(c);
        g.setLineWidth(line);
        g.strokeRoundRect(snap(x), snap(y), Math.round(w) - 1, Math.round(h) - 1, 2 * radius, 2 * radius);
    }

    void dashes(double... on) {
        g.setLineDashes(on);
        g.setLineCap(on.length == 0 ? StrokeLineCap.SQUARE : StrokeLineCap.BUTT);
    }

    void solid() {
        g.setLineDashes();
    }

    /// The border of a filled box: its fill, 22 % towards what stands out.
    int edgeOf(int fill) {
        return Heat.mix(fill, palette.dark() ? 0xffffff : 0x000000, 0.22);
    }

    static double snap(double v) {
        return Math.floor(v) + 0.5;
    }
}
