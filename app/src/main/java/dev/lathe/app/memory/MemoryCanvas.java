package dev.lathe.app.memory;

import dev.lathe.app.graph.TextWidth;
import dev.lathe.app.parts.Controls;
import dev.lathe.app.parts.Paints;
import dev.lathe.app.ui.Heat;
import dev.lathe.app.ui.Numbers;
import dev.lathe.app.ui.Palette;
import java.util.List;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.geometry.VPos;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Label;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;

/// Draws tensors where they lie in the predicted arena while they are alive, what they take together, and over them
/// what the engine's arena held. The pointer names a tensor, a click selects it.
final class MemoryCanvas extends Region {
    private static final double LEFT = 64;
    private static final double RIGHT = 14;
    private static final double TOP = 14;
    private static final double BOTTOM = 20;
    private static final double GAP = 14;

    private final Canvas canvas = new Canvas();
    private final MemoryViewModel model;
    private final ObservableValue<Palette> palette;
    private final String family;
    private final VBox tip = new VBox(2);
    private final Label tipName = Controls.label("", "inspector-title");
    private final Label tipLine = Controls.label("", "inspector-line");
    private Optional<MemoryBlock> pointed = Optional.empty();

    MemoryCanvas(MemoryViewModel model, ObservableValue<Palette> palette, String family) {
        this.model = model;
        this.palette = palette;
        this.family = family;
        setId("memory-chart");
        tip.getStyleClass().add("chart-tip");
        tip.getChildren().setAll(tipName, tipLine);
        tip.setManaged(false);
        tip.setMouseTransparent(true);
        tip.setVisible(false);
        getChildren().addAll(canvas, tip);
        setMinSize(0, 0);
        addEventHandler(MouseEvent.MOUSE_MOVED, e -> point(at(e), e));
        addEventHandler(MouseEvent.MOUSE_EXITED, e -> point(Optional.empty(), e));
        addEventHandler(MouseEvent.MOUSE_CLICKED, e -> at(e).ifPresent(model::pick));
        model.state().addListener((o, before, now) -> draw());
        model.selected().addListener((o, before, now) -> draw());
        model.process().addListener((o, before, now) -> draw());
        palette.addListener((o, before, now) -> draw());
    }

    private Optional<MemoryBlock> at(MouseEvent e) {
        return plot().at(e.getX(), e.getY(), model.state().get());
    }

    private MemoryPlot plot() {
        return MemoryPlot.of(
                model.state().get(),
                model.process().get(),
                LEFT,
                TOP,
                Math.max(1, getWidth() - LEFT - RIGHT),
                Math.max(1, getHeight() - TOP - BOTTOM));
    }

    private void point(Optional<MemoryBlock> block, MouseEvent e) {
        boolean other = !block.equals(pointed);
        pointed = block;
        tip.setVisible(block.isPresent());
        block.ifPresent(b -> {
            tipName.setText(b.name());
            tipLine.setText(words(b));
            tip.applyCss();
            double w = Math.min(getWidth(), Math.ceil(tip.prefWidth(-1)));
            double h = Math.ceil(tip.prefHeight(w));
            double x = e.getX() + GAP + w <= getWidth() ? e.getX() + GAP : e.getX() - GAP - w;
            tip.resizeRelocate(
                    Math.clamp(x, 0, Math.max(0, getWidth() - w)),
                    Math.clamp(e.getY() - h / 2, 0, Math.max(0, getHeight() - h)),
                    w,
                    h);
        });
        if (other) {
            draw();
        }
    }

    static String words(MemoryBlock b) {
        String from = b.from() < 0 ? "from the start" : "from node " + Numbers.grouped(b.from() + 1);
        return Numbers.bytes(b.bytes()) + " · " + from + " to " + Numbers.grouped(b.to() + 1)
                + (b.atPeak() ? " · at the peak" : "");
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
        MemoryState s = model.state().get();
        if (w < LEFT + RIGHT + 40 || h < TOP + BOTTOM + 20 || !s.hasModel()) {
            return;
        }
        GraphicsContext g = canvas.getGraphicsContext2D();
        Palette p = palette.getValue();
        MemoryPlot plot = plot();
        g.setFill(Paints.fx(p.pane()));
        g.fillRect(0, 0, w, h);
        axes(g, p, plot);
        blocks(g, p, plot, s);
        live(g, p, plot, s.live());
        s.arena().ifPresent(a -> arena(g, plot, a));
        if (model.process().get()) {
            s.weights().ifPresent(v -> level(g, p, plot, v, "weights", Palette.category(2)));
            s.resident().ifPresent(v -> level(g, p, plot, v, "process, at most", p.muted()));
        }
        if (s.peakAt() >= 0) {
            peak(g, p, plot, s);
        }
    }

    private void axes(GraphicsContext g, Palette p, MemoryPlot plot) {
        double right = plot.left() + plot.width();
        double bottom = plot.top() + plot.height();
        g.setFont(Font.font(family, 11));
        g.setLineWidth(1);
        g.setLineDashes();
        g.setTextBaseline(VPos.CENTER);
        g.setTextAlign(TextAlignment.RIGHT);
        for (double v = 0; v <= plot.most() * 1.001; v += plot.step()) {
            double y = Math.round(plot.y(v)) + 0.5;
            g.setStroke(Paints.fx(p.rule()));
            g.strokeLine(plot.left(), y, right, y);
            g.setFill(Paints.fx(p.muted()));
            g.fillText(v == 0 ? "0" : Numbers.bytes(v), plot.left() - 6, y);
        }
        g.setTextBaseline(VPos.TOP);
        g.setTextAlign(TextAlignment.CENTER);
        double step = Math.max(1, dev.lathe.app.live.ValueRange.niceStep(plot.nodes() / 8.0));
        for (double at = 0; at <= plot.nodes(); at += step) {
            boolean last = at + step > plot.nodes();
            g.setFill(Paints.fx(p.muted()));
            String text = (last ? "node " : "") + Numbers.grouped(Math.round(at));
            // The last one may stand at the right edge, where half of it would be cut.
            double room = right + RIGHT - TextWidth.of(text, 11, false) / 2;
            g.fillText(text, Math.min(plot.x(at), room), bottom + 4);
        }
    }

    private void blocks(GraphicsContext g, Palette p, MemoryPlot plot, MemoryState s) {
        long largest = s.blocks().stream().mapToLong(MemoryBlock::bytes).max().orElse(1);
        Optional<dev.lathe.graph.NodeId> chosen = model.selected().get();
        for (MemoryBlock b : s.blocks()) {
            double x = plot.x(b.from());
            // What outlives the last node ends with it.
            double w = Math.max(1, Math.min(plot.x(b.to() + 1.0), plot.left() + plot.width()) - x);
            double y = plot.y(b.offset() + b.bytes());
            double h = plot.y(b.offset()) - y;
            boolean marked = pointed.equals(Optional.of(b))
                    || chosen.isPresent() && b.producer().equals(chosen);
            if (h < 0.3 && !marked) {
                continue;
            }
            g.setFill(Paints.fx(Heat.rgb((double) b.bytes() / largest, p.dark()), b.atPeak() ? 0.95 : 0.5));
            g.fillRect(x, y, Math.max(1, w - 0.5), Math.max(0.6, h - 0.5));
            if (marked) {
                g.setStroke(Paints.fx(p.accent()));
                g.setLineWidth(2);
                g.strokeRect(x, y, Math.max(2, w), Math.max(2, h));
            }
        }
    }

    /// What the tensors take together, in steps, dashed: it is predicted.
    private void live(GraphicsContext g, Palette p, MemoryPlot plot, List<Long> live) {
        g.setStroke(Paints.fx(p.accent()));
        g.setLineWidth(1.5);
        g.setLineDashes(6, 4);
        g.beginPath();
        for (int i = 0; i < live.size(); i++) {
            double y = plot.y(live.get(i));
            if (i == 0) {
                g.moveTo(plot.x(-1), y);
            } else {
                g.lineTo(plot.x(i - 1.0), y);
            }
            g.lineTo(plot.x(i), y);
        }
        g.stroke();
        g.setLineDashes();
    }

    private void arena(GraphicsContext g, MemoryPlot plot, ArenaCurve a) {
        g.setStroke(Paints.fx(arenaColour(palette.getValue().dark())));
        g.setLineWidth(2);
        g.setLineDashes();
        g.beginPath();
        double x = plot.x(-1);
        double y = plot.y(0);
        g.moveTo(x, y);
        for (ArenaCurve.Point point : a.points()) {
            x = plot.x(point.position());
            g.lineTo(x, y);
            y = plot.y(point.bytes());
            g.lineTo(x, y);
        }
        g.lineTo(plot.x(plot.nodes()), y);
        g.stroke();
    }

    static int arenaColour(boolean dark) {
        return dark ? 0xff8a3d : Palette.category(5);
    }

    private void level(GraphicsContext g, Palette p, MemoryPlot plot, long bytes, String what, int colour) {
        double y = Math.round(plot.y(bytes)) + 0.5;
        g.setStroke(Paints.fx(colour));
        g.setLineWidth(1.5);
        g.strokeLine(plot.left(), y, plot.left() + plot.width(), y);
        g.setFont(Font.font(family, 11));
        g.setFill(Paints.fx(p.text()));
        g.setTextAlign(TextAlignment.RIGHT);
        g.setTextBaseline(y - 16 < plot.top() ? VPos.TOP : VPos.BOTTOM);
        g.fillText(
                what + " " + Numbers.bytes(bytes), plot.left() + plot.width() - 4, y + (y - 16 < plot.top() ? 2 : -2));
    }

    private void peak(GraphicsContext g, Palette p, MemoryPlot plot, MemoryState s) {
        double x = Math.round(plot.x(s.peakAt() + 0.5)) + 0.5;
        g.setStroke(Paints.fx(p.text()));
        g.setLineWidth(1);
        g.setLineDashes(2, 3);
        g.strokeLine(x, plot.top() - 6, x, plot.top() + plot.height());
        g.setLineDashes();
        g.setFont(Font.font(family, 11));
        g.setFill(Paints.fx(p.text()));
        boolean leftOf = x > plot.left() + plot.width() / 2;
        g.setTextAlign(leftOf ? TextAlignment.RIGHT : TextAlignment.LEFT);
        g.setTextBaseline(VPos.CENTER);
        g.fillText("peak " + Numbers.bytes(s.predictedPeak()), leftOf ? x - 5 : x + 5, plot.top() - 6);
    }
}
