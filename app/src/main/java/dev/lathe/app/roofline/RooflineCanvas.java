package dev.lathe.app.roofline;

import dev.lathe.app.parts.Paints;
import dev.lathe.app.ui.Heat;
import dev.lathe.app.ui.Numbers;
import dev.lathe.app.ui.Palette;
import dev.lathe.core.Quantity;
import dev.lathe.graph.DType;
import dev.lathe.profile.cost.Roofline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.geometry.VPos;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.Text;
import javafx.scene.text.TextAlignment;

/// Draws the roof and the layers below it on logarithmic axes. The pointer names a layer, a click or an arrow key
/// chooses it.
final class RooflineCanvas extends Region {
    private static final double LEFT = 56;
    private static final double RIGHT = 16;
    private static final double TOP = 10;
    private static final double BOTTOM = 20;
    private static final double LINE = 14;

    private final Canvas canvas = new Canvas();
    private final RooflineViewModel model;
    private final ObservableValue<Palette> palette;
    private final String family;
    private final RooflineTip tip;
    private Optional<RooflineDot> pointed = Optional.empty();

    RooflineCanvas(RooflineViewModel model, ObservableValue<Palette> palette, String family) {
        this.model = model;
        this.palette = palette;
        this.family = family;
        tip = new RooflineTip();
        getChildren().addAll(canvas, tip);
        setMinSize(0, 0);
        setFocusTraversable(true);
        setId("roofline-chart");
        setAccessibleText("Roofline: layers by operations per byte and operations per second");
        addEventHandler(
                MouseEvent.MOUSE_MOVED,
                e -> point(plot().at(e.getX(), e.getY(), model.state().get())));
        addEventHandler(MouseEvent.MOUSE_EXITED, e -> point(Optional.empty()));
        addEventHandler(MouseEvent.MOUSE_CLICKED, e -> {
            requestFocus();
            plot().at(e.getX(), e.getY(), model.state().get()).ifPresent(model::pick);
        });
        addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        model.state().addListener((o, before, now) -> {
            pointed = Optional.empty();
            draw();
        });
        model.selected().addListener((o, before, now) -> draw());
        palette.addListener((o, before, now) -> draw());
        visibleProperty().addListener((o, before, now) -> draw());
    }

    private void key(KeyEvent e) {
        int step = e.getCode() == KeyCode.RIGHT ? 1 : e.getCode() == KeyCode.LEFT ? -1 : 0;
        List<RooflineDot> along = model.state().get().dots().stream()
                .sorted(Comparator.comparingDouble(RooflineDot::intensity))
                .toList();
        if (step != 0 && !along.isEmpty()) {
            int at = model.selectedDot().map(along::indexOf).orElse(step > 0 ? -1 : along.size());
            model.pick(along.get(Math.clamp(at + step, 0, along.size() - 1)));
            e.consume();
        }
    }

    private void point(Optional<RooflineDot> dot) {
        if (!dot.equals(pointed)) {
            pointed = dot;
            draw();
        }
    }

    RooflinePlot plot() {
        return RooflinePlot.of(
                model.state().get(),
                LEFT,
                TOP,
                Math.max(1, getWidth() - LEFT - RIGHT),
                Math.max(1, getHeight() - TOP - BOTTOM));
    }

    @Override
    protected void layoutChildren() {
        canvas.setWidth(Math.floor(getWidth()));
        canvas.setHeight(Math.floor(getHeight()));
        draw();
    }

    private void draw() {
        double w = canvas.getWidth();
        double h = canvas.getHeight();
        if (w < LEFT + RIGHT + 40 || h < TOP + BOTTOM + 20) {
            return;
        }
        GraphicsContext g = canvas.getGraphicsContext2D();
        Palette p = palette.getValue();
        RooflinePlot plot = plot();
        g.setFill(Paints.fx(p.pane()));
        g.fillRect(0, 0, w, h);
        axes(g, p, plot);
        model.state().get().roof().ifPresent(r -> roof(g, p, plot, r));
        dots(g, p, plot);
        // Names are to be read wherever dots lie.
        model.state().get().roof().ifPresent(r -> peakNames(g, p, plot, r));
        if (pointed.isEmpty()) {
            model.selectedDot().ifPresent(d -> name(g, p, plot, d));
        }
        Optional<RooflineDot> told = pointed;
        told.ifPresentOrElse(
                d -> tip.show(d, plot.x(d.intensity()), plot.y(d.rate()), getWidth(), getHeight()), tip::hide);
    }

    private void axes(GraphicsContext g, Palette p, RooflinePlot plot) {
        double right = plot.left() + plot.width();
        double bottom = plot.top() + plot.height();
        g.setFont(Font.font(family, 11));
        g.setLineWidth(1);
        g.setLineDashes();
        g.setStroke(Paints.fx(p.rule()));
        g.setFill(Paints.fx(p.muted()));
        g.setTextAlign(TextAlignment.RIGHT);
        g.setTextBaseline(VPos.CENTER);
        double last = Double.POSITIVE_INFINITY;
        for (double rate : RooflinePlot.ticks(plot.leastRate(), plot.mostRate())) {
            double y = Math.round(plot.y(rate)) + 0.5;
            g.strokeLine(plot.left(), y, right, y);
            if (last - y >= LINE) {
                g.fillText(tick(rate / 1e9), plot.left() - 6, y);
                last = y;
            }
        }
        g.setTextAlign(TextAlignment.CENTER);
        g.setTextBaseline(VPos.TOP);
        double until = Double.NEGATIVE_INFINITY;
        for (double intensity : RooflinePlot.ticks(plot.leastIntensity(), plot.mostIntensity())) {
            double x = Math.round(plot.x(intensity)) + 0.5;
            String text = tick(intensity);
            g.strokeLine(x, plot.top(), x, bottom);
            if (x - width(text) / 2 > until + 6) {
                g.fillText(text, x, bottom + 4);
                until = x + width(text) / 2;
            }
        }
    }

    /// A number of an axis: a power of ten, or 2 or 5 times one.
    static String tick(double v) {
        if (v >= 0.999) {
            return Numbers.grouped(Math.round(v));
        }
        int decimals = (int) Math.ceil(-Math.log10(v) - 1e-9);
        return String.format(Locale.ROOT, "%." + decimals + "f", v);
    }

    /// The highest first.
    private static List<Map.Entry<DType, Quantity>> peaks(Roofline roof) {
        List<Map.Entry<DType, Quantity>> peaks = new ArrayList<>(roof.peaks().entrySet());
        peaks.sort(Comparator.comparingDouble(e -> -e.getValue().value()));
        return peaks;
    }

    /// The roof: up with the bandwidth, and from where an element type's peak is reached, level. Peaks of types that no
    /// layer has are dashed.
    private void roof(GraphicsContext g, Palette p, RooflinePlot plot, Roofline roof) {
        double bandwidth = roof.bandwidth().value();
        List<Map.Entry<DType, Quantity>> peaks = peaks(roof);
        double highest =
                peaks.isEmpty() ? plot.mostRate() : peaks.getFirst().getValue().value();
        double fromX = Math.max(plot.leastIntensity(), plot.leastRate() / bandwidth);
        double toX = Math.min(plot.mostIntensity(), highest / bandwidth);
        g.setLineWidth(2);
        g.setStroke(Paints.fx(p.text()));
        if (fromX < toX) {
            g.strokeLine(plot.x(fromX), plot.y(fromX * bandwidth), plot.x(toX), plot.y(toX * bandwidth));
            slopeLabel(g, p, plot, roof.bandwidth(), fromX, toX);
        }
        List<DType> used = model.state().get().dtypes();
        for (Map.Entry<DType, Quantity> peak : peaks) {
            boolean here = used.contains(peak.getKey());
            double y = Math.round(plot.y(peak.getValue().value())) + 0.5;
            double from = Math.max(plot.left(), plot.x(peak.getValue().value() / bandwidth));
            g.setLineWidth(here ? 2 : 1);
            g.setStroke(Paints.fx(here ? p.text() : p.subtle()));
            g.setLineDashes(here ? new double[0] : new double[] {6, 4});
            g.strokeLine(from, y, plot.left() + plot.width(), y);
            g.setLineDashes();
        }
    }

    /// What each level line is, above it; below it where the name would stand on the line above.
    private void peakNames(GraphicsContext g, Palette p, RooflinePlot plot, Roofline roof) {
        List<DType> used = model.state().get().dtypes();
        double free = Double.NEGATIVE_INFINITY;
        double x = plot.left() + plot.width();
        for (Map.Entry<DType, Quantity> peak : peaks(roof)) {
            double line = Math.round(plot.y(peak.getValue().value()));
            String text = peak.getKey().text() + " " + Numbers.quantity(peak.getValue());
            boolean close = line - 2.5 - LINE < free;
            double y = close ? Math.max(line, free) + LINE + 2.5 : line - 2.5;
            free = Math.max(y, line + 1);
            plate(g, p, x - width(text) - 2, y - LINE, width(text) + 4);
            g.setFont(Font.font(family, 11));
            g.setTextAlign(TextAlignment.RIGHT);
            g.setTextBaseline(VPos.BOTTOM);
            g.setFill(Paints.fx(used.contains(peak.getKey()) ? p.text() : p.muted()));
            g.fillText(text, x, y);
        }
    }

    private static void plate(GraphicsContext g, Palette p, double x, double y, double w) {
        g.setFill(Paints.fx(p.pane(), 0.8));
        g.fillRect(x, y, w, LINE);
    }

    private void slopeLabel(
            GraphicsContext g, Palette p, RooflinePlot plot, Quantity bandwidth, double fromX, double toX) {
        double middle = Math.sqrt(fromX * toX);
        double x = plot.x(middle);
        double y = plot.y(middle * bandwidth.value());
        double angle = Math.toDegrees(Math.atan2(
                plot.y(toX * bandwidth.value()) - plot.y(fromX * bandwidth.value()), plot.x(toX) - plot.x(fromX)));
        g.save();
        g.translate(x, y);
        g.rotate(angle);
        g.setTextAlign(TextAlignment.CENTER);
        g.setTextBaseline(VPos.BOTTOM);
        g.setFill(Paints.fx(p.text()));
        g.fillText("memory " + Numbers.quantity(bandwidth), 0, -4);
        g.restore();
    }

    private void dots(GraphicsContext g, Palette p, RooflinePlot plot) {
        RooflineState s = model.state().get();
        List<DType> dtypes = s.dtypes();
        double largest = RooflinePlot.largest(s);
        for (RooflineDot d : s.dots()) {
            int colour = Heat.rgb(largest == 0 ? 0 : d.share() / largest, p.dark());
            RooflineMark.of(dtypes.indexOf(d.dtype()))
                    .draw(
                            g,
                            plot.x(d.intensity()),
                            plot.y(d.rate()),
                            RooflinePlot.radius(d, largest),
                            Paints.fx(colour),
                            Paints.fx(p.pane()));
        }
        pointed.ifPresent(d -> ring(g, p.text(), 1, plot, d, largest));
        model.selectedDot().ifPresent(d -> ring(g, p.accent(), 2, plot, d, largest));
    }

    private static void ring(
            GraphicsContext g, int colour, double wide, RooflinePlot plot, RooflineDot d, double largest) {
        double r = RooflinePlot.radius(d, largest) + 3;
        g.setStroke(Paints.fx(colour));
        g.setLineWidth(wide);
        g.strokeOval(plot.x(d.intensity()) - r, plot.y(d.rate()) - r, 2 * r, 2 * r);
    }

    private void name(GraphicsContext g, Palette p, RooflinePlot plot, RooflineDot d) {
        double x = plot.x(d.intensity());
        double gap = RooflinePlot.radius(d, RooflinePlot.largest(model.state().get())) + 7;
        Font font = Font.font(family, FontWeight.BOLD, 11);
        double wide = width(d.layer(), font);
        boolean leftOf = x + gap + wide > plot.left() + plot.width();
        double y = plot.y(d.rate());
        plate(g, p, leftOf ? x - gap - wide - 2 : x + gap - 2, y - LINE / 2, wide + 4);
        g.setFont(font);
        g.setTextAlign(leftOf ? TextAlignment.RIGHT : TextAlignment.LEFT);
        g.setTextBaseline(VPos.CENTER);
        g.setFill(Paints.fx(p.strong()));
        g.fillText(d.layer(), leftOf ? x - gap : x + gap, y);
    }

    private double width(String text) {
        return width(text, Font.font(family, 11));
    }

    private static double width(String text, Font font) {
        Text t = new Text(text);
        t.setFont(font);
        return t.getLayoutBounds().getWidth();
    }
}
