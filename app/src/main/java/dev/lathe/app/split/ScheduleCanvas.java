package dev.lathe.app.split;

import dev.lathe.app.live.ValueRange;
import dev.lathe.app.parts.Paints;
import dev.lathe.app.ui.Heat;
import dev.lathe.app.ui.Numbers;
import dev.lathe.app.ui.Palette;
import java.time.Duration;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.geometry.VPos;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.TextAlignment;

/// Draws the predicted schedule above the measured one on one time axis: a row per stage, requests as blocks, idle time
/// hatched, transfers as ticks at the foot of the block they come from.
final class ScheduleCanvas extends Region {
    private static final double NAMES = 92;
    private static final double LEFT = 176;
    private static final double AXIS = 18;
    private static final double GAP = 10;
    private static final double HATCH = 6;

    private final Canvas canvas = new Canvas();
    private final ObservableValue<Palette> palette;
    private final String family;
    private Optional<Schedule> predicted = Optional.empty();
    private Optional<Schedule> measured = Optional.empty();
    private boolean estimated;

    ScheduleCanvas(ObservableValue<Palette> palette, String family) {
        this.palette = palette;
        this.family = family;
        getChildren().add(canvas);
        setMinHeight(80);
        palette.addListener((o, before, now) -> draw());
    }

    void show(Schedule expected, Optional<Schedule> seen, boolean fromEstimates) {
        predicted = Optional.of(expected);
        measured = seen;
        estimated = fromEstimates;
        draw();
    }

    @Override
    protected void layoutChildren() {
        canvas.setWidth(getWidth());
        canvas.setHeight(getHeight());
        draw();
    }

    private void draw() {
        double w = canvas.getWidth();
        double h = canvas.getHeight();
        if (predicted.isEmpty() || w < LEFT + 60 || h < 40) {
            return;
        }
        GraphicsContext g = canvas.getGraphicsContext2D();
        Palette p = palette.getValue();
        g.setFill(Paints.fx(p.pane()));
        g.fillRect(0, 0, w, h);
        int lanes = predicted.get().lanes().size();
        int groups = measured.isPresent() ? 2 : 1;
        double row = Math.clamp((h - AXIS - GAP * (groups + 1)) / (lanes * groups), 12, 26);
        double longest = Math.max(
                millis(predicted.get().span()),
                measured.map(s -> millis(s.span())).orElse(0.0));
        double step = ValueRange.niceStep(Math.max(1e-6, longest / 8));
        double right = w - 76;
        double scale = (right - LEFT) / Math.max(1e-6, longest);
        double bottom = GAP + groups * (lanes * row + GAP);
        axis(g, p, longest, step, scale, bottom, right);
        group(g, p, "Predicted", estimated ? "from estimates" : "estimate", predicted.get(), GAP, row, scale);
        measured.ifPresent(s -> group(g, p, "Measured", "", s, GAP + lanes * row + GAP, row, scale));
    }

    private void axis(
            GraphicsContext g, Palette p, double longest, double step, double scale, double bottom, double right) {
        g.setFont(Font.font(family, 11));
        g.setTextAlign(TextAlignment.CENTER);
        g.setTextBaseline(VPos.TOP);
        for (double t = 0; t <= longest * 1.02; t += step) {
            double x = Math.round(LEFT + t * scale) + 0.5;
            g.setStroke(Paints.fx(p.rule()));
            g.strokeLine(x, 4, x, bottom);
            g.setFill(Paints.fx(p.muted()));
            boolean last = t + step > longest * 1.02;
            g.fillText(tick(t, step) + (last ? " ms" : ""), x, bottom + 1);
        }
    }

    private static String tick(double t, double step) {
        boolean whole = step == Math.rint(step);
        return t == 0 ? "0" : whole ? Numbers.grouped(Math.round(t)) : Numbers.digits(t, 3);
    }

    private void group(
            GraphicsContext g, Palette p, String title, String line, Schedule s, double y, double row, double scale) {
        g.setTextAlign(TextAlignment.LEFT);
        g.setTextBaseline(VPos.TOP);
        g.setFont(Font.font(family, FontWeight.BOLD, 12));
        g.setFill(Paints.fx(p.strong()));
        g.fillText(title, 12, y + 1);
        g.setFont(Font.font(family, 11));
        g.setFill(Paints.fx(p.muted()));
        int requests = s.lanes().isEmpty() ? 0 : s.lanes().getFirst().slots().size();
        g.fillText(requests + " requests", 12, y + 16);
        if (s.lanes().size() * row > 44) {
            g.fillText(line, 12, y + 30);
        }
        double end = LEFT + millis(s.span()) * scale;
        for (int i = 0; i < s.lanes().size(); i++) {
            lane(g, p, s.lanes().get(i), y + i * row, row, end, scale);
        }
        double bottom = y + s.lanes().size() * row;
        g.setFill(Paints.fx(p.strong()));
        g.fillRect(Math.round(end), y - 2, 2, bottom - y + 2);
        g.setFont(Font.font(family, FontWeight.BOLD, 11));
        g.setTextAlign(TextAlignment.LEFT);
        g.setTextBaseline(VPos.CENTER);
        g.fillText(Numbers.time(s.span()), end + 7, y + row / 2);
    }

    private void lane(
            GraphicsContext g, Palette p, Schedule.Lane lane, double y, double row, double end, double scale) {
        g.setFont(Font.font(family, 11));
        g.setTextBaseline(VPos.CENTER);
        g.setTextAlign(TextAlignment.RIGHT);
        g.setFill(Paints.fx(p.muted()));
        // `AMD EPYC · core 0`: the processor is the same in every line, and there is little room.
        String name = lane.name().substring(lane.name().lastIndexOf(" · ") + 1).replaceFirst("^· ", "");
        g.fillText(name, LEFT - 8, y + row / 2, LEFT - NAMES);
        double high = row - 2;
        hatch(g, p, LEFT, y, end - LEFT, high);
        int colour = Palette.category(lane.stage());
        for (Schedule.Slot slot : lane.slots()) {
            double from = LEFT + millis(slot.start()) * scale;
            double width = Math.max(1, millis(slot.end().minus(slot.start())) * scale - 1);
            // Every other request a shade darker, so that neighbours are told apart.
            int shade = slot.request() % 2 == 1 ? colour : Heat.mix(colour, p.dark() ? 0x0d1117 : 0xffffff, 0.22);
            g.setFill(Paints.fx(p.pane()));
            g.fillRect(from - 0.5, y, width + 1, high);
            g.setFill(Paints.fx(shade));
            g.fillRoundRect(from, y, width, high, 3, 3);
            if (width > 22) {
                g.setFill(Paints.fx(Heat.inkOn(shade)));
                g.setTextAlign(TextAlignment.CENTER);
                g.fillText("r" + slot.request(), from + width / 2, y + high / 2);
            }
            double transfer = millis(slot.transfer()) * scale;
            if (transfer > 0) {
                g.setFill(Paints.fx(Palette.category(3)));
                g.fillRect(from + width, y + high - 5, Math.max(3, transfer), 5);
            }
        }
    }

    /// Idle time: 45° lines 6 px apart on the track's colour.
    private static void hatch(GraphicsContext g, Palette p, double x, double y, double w, double h) {
        g.setFill(Paints.fx(p.track()));
        g.fillRect(x, y, w, h);
        g.save();
        g.beginPath();
        g.rect(x, y, w, h);
        g.clip();
        g.setStroke(Paints.fx(p.border()));
        g.setLineWidth(1);
        for (double at = x - h; at < x + w; at += HATCH) {
            g.strokeLine(at, y + h, at + h, y);
        }
        g.restore();
    }

    private static double millis(Duration d) {
        return d.toNanos() / 1e6;
    }
}
