package dev.lathe.app.timeline;

import dev.lathe.app.ui.Palette;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.scene.canvas.Canvas;
import javafx.scene.layout.Region;
import javafx.scene.text.Font;

/// Shows a stretch of the timeline, and finds what lies below the pointer.
final class TimelineCanvas extends Region {
    private static final double NEAR = 3;

    private final Canvas canvas = new Canvas();
    private final CrowdedPixels crowd = new CrowdedPixels();
    private final TimelineTip tip = new TimelineTip();
    private final TimelineViewModel model;
    private final ObservableValue<Palette> palette;
    private final Font font;
    private Optional<Drawn> drawn = Optional.empty();
    private Optional<Slice> pointed = Optional.empty();
    private double scroll;

    /// The timeline that is drawn, and the stretch of it that is in sight.
    private record Drawn(Timeline timeline, TimelineLayout layout, KindColours colours, TimeView view, boolean whole) {
        Drawn at(TimeView v, boolean all) {
            return new Drawn(timeline, layout, colours, v, all);
        }
    }

    TimelineCanvas(TimelineViewModel model, ObservableValue<Palette> palette, String family) {
        this.model = model;
        this.palette = palette;
        font = Font.font(family, 11);
        getChildren().addAll(canvas, tip);
        setMinSize(0, 0);
        setFocusTraversable(true);
        setId("timeline-chart");
        setAccessibleText("Timeline: kernels by thread and device over time");
        new TimelineInput(this, model).install();
        model.state().subscribe(this::show);
        model.selected().addListener((o, before, now) -> draw());
        model.picked().addListener((o, before, now) -> draw());
        model.range().addListener((o, before, now) -> draw());
        palette.addListener((o, before, now) -> draw());
        visibleProperty().addListener((o, before, now) -> draw());
    }

    /// The same run measured again keeps the stretch that is in sight; anything else is shown whole.
    private void show(TimelineState s) {
        Optional<Drawn> before = drawn;
        drawn = s.timeline().map(t -> {
            TimelineLayout layout = TimelineLayout.of(t);
            double left = left(layout.names());
            TimeView all = TimeView.whole(t, left, room(left));
            boolean kept = before.filter(b -> !b.whole()
                            && b.timeline().title().equals(t.title())
                            && b.timeline().tracks().size() == t.tracks().size())
                    .isPresent();
            return new Drawn(
                    t,
                    layout,
                    new KindColours(t),
                    kept ? before.get().view().at(left, room(left)).zoomed(1, left, t) : all,
                    !kept);
        });
        point(Optional.empty(), 0, 0);
        scrollTo(scroll);
        draw();
    }

    private double left() {
        return left(drawn.map(d -> d.layout().names()).orElse(TimelineLayout.LEAST_NAMES));
    }

    private double left(double names) {
        return Math.min(names, getWidth() / 3);
    }

    private double room() {
        return room(left());
    }

    private double room(double left) {
        return Math.max(1, getWidth() - left);
    }

    Optional<Timeline> timeline() {
        return drawn.map(Drawn::timeline);
    }

    Optional<TimeView> view() {
        return drawn.map(Drawn::view);
    }

    /// Whether this x is among the names of tracks.
    boolean inNames(double x) {
        return x < left();
    }

    void zoom(double factor, double x) {
        drawn = drawn.map(d -> {
            TimeView next = d.view().zoomed(factor, x, d.timeline());
            return d.at(next, next.equals(TimeView.whole(d.timeline(), left(), room())));
        });
        draw();
    }

    void move(double pixels) {
        drawn = drawn.map(d -> d.at(d.view().moved(pixels, d.timeline()), d.whole()));
        draw();
    }

    void fit() {
        drawn = drawn.map(d -> d.at(TimeView.whole(d.timeline(), left(), room()), true));
        draw();
    }

    /// Zooms to a slice.
    void frame(Slice s) {
        drawn = drawn.map(d -> d.at(d.view().around(s.start(), s.end(), d.timeline()), false));
        draw();
    }

    void bringIntoSight(Slice s) {
        drawn = drawn.map(d -> d.at(d.view().showing(s.start(), s.end(), d.timeline()), d.whole()));
        draw();
    }

    void scrollBy(double pixels) {
        scrollTo(scroll + pixels);
        draw();
    }

    private void scrollTo(double to) {
        double most = drawn.map(d -> Math.max(0, d.layout().height() + TimelineLayout.RULER - getHeight()))
                .orElse(0.0);
        scroll = Math.clamp(to, 0, most);
    }

    Optional<Slice> at(double x, double y) {
        if (drawn.isEmpty() || x < left() || y < TimelineLayout.RULER) {
            return Optional.empty();
        }
        Drawn d = drawn.get();
        return row(y).flatMap(r -> r.at(d.view().time(x), NEAR * d.view().perPixel()));
    }

    private Optional<SliceRow> row(double y) {
        return drawn.flatMap(d -> d.layout()
                .at(y - TimelineLayout.RULER + scroll)
                .filter(l -> !l.isCounter())
                .map(l -> d.timeline().tracks().get(l.track()).rows().get(l.row())));
    }

    /// The slice before or after the picked one in its row; the first in sight where none is picked.
    Optional<Slice> beside(int step) {
        Optional<Slice> from = model.picked().get();
        for (Track t : timeline().map(Timeline::tracks).orElse(java.util.List.of())) {
            for (SliceRow row : t.rows()) {
                if (from.isEmpty()) {
                    int first = row.endingAfter(view().orElseThrow().from());
                    return first < row.size() ? Optional.of(row.get(first)) : Optional.empty();
                }
                int i = row.from(from.get().start());
                if (i < row.size() && row.get(i) == from.get()) {
                    int next = i + step;
                    return next >= 0 && next < row.size() ? Optional.of(row.get(next)) : from;
                }
            }
        }
        return Optional.empty();
    }

    void point(Optional<Slice> slice, double x, double y) {
        boolean other = !slice.equals(pointed);
        pointed = slice;
        if (slice.isPresent() && drawn.isPresent()) {
            tip.show(slice.get(), drawn.get().timeline(), x, y, getWidth(), getHeight());
        } else {
            tip.hide();
        }
        if (other) {
            draw();
        }
    }

    @Override
    protected void layoutChildren() {
        canvas.setWidth(Math.floor(getWidth()));
        canvas.setHeight(Math.floor(getHeight()));
        drawn = drawn.map(d -> d.whole()
                ? d.at(TimeView.whole(d.timeline(), left(), room()), true)
                : d.at(d.view().at(left(), room()), false));
        scrollTo(scroll);
        draw();
    }

    /// Package-private for the benchmark, which times it.
    void draw() {
        double w = canvas.getWidth();
        double h = canvas.getHeight();
        if (drawn.isEmpty() || w < 120 || h < 40 || !isVisible()) {
            return;
        }
        Drawn d = drawn.get();
        crowd.prepare((int) w, d.layout().lines().size());
        new TimelinePainter(
                        canvas.getGraphicsContext2D(),
                        palette.getValue(),
                        font,
                        d.timeline(),
                        d.layout(),
                        d.colours(),
                        d.view(),
                        scroll,
                        h,
                        crowd)
                .paint(new TimelinePainter.Marks(
                        pointed,
                        model.picked().get(),
                        model.selected().get(),
                        model.range().get()));
    }
}
