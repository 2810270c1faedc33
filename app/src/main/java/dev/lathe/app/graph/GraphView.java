package dev.lathe.app.graph;

import dev.lathe.app.ColourBy;
import dev.lathe.app.Selection;
import dev.lathe.app.graph.GraphLayout.Box;
import dev.lathe.app.graph.GraphLayout.Kind;
import dev.lathe.app.ui.Palette;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.animation.AnimationTimer;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.geometry.Insets;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.layout.Region;

/// The graph canvas: one canvas that draws the view model's scene, moves its camera, and turns clicks, the
/// wheel and keys into selection, opening and closing.
public final class GraphView extends Region {
    private static final double OPENING = 160e6;
    private static final double TRAVEL = 200e6;

    private final GraphViewModel model;
    private final Canvas canvas = new Canvas();
    private final Brush brush;
    private final GraphPainter painter;
    private final CanvasOverlays overlays;
    private final StageBorders borders;
    private final CanvasInput input;
    private final ReadOnlyDoubleWrapper zoom = new ReadOnlyDoubleWrapper(1);

    private Optional<GraphScene> scene = Optional.empty();
    private Optional<CostOverlay> cost = Optional.empty();
    private Camera camera = new Camera(0, 0, 1);
    private boolean dark = true;
    private boolean reduceMotion;
    private boolean fitted;
    private boolean dirty = true;
    private int hovered = -1;
    private List<String> tip = List.of();
    private double tipX;
    private double tipY;
    private int dragged = -1;
    private int draggedTo = -1;

    private List<Box> from = List.of();
    private long openedAt = -1;
    private Optional<Camera> cameraFrom = Optional.empty();
    private Camera cameraTo = camera;
    private long travelAt = -1;
    private Optional<Selection> revealWhenThere = Optional.empty();

    private final AnimationTimer pulse = new AnimationTimer() {
        @Override
        public void handle(long now) {
            step(now);
        }
    };

    public GraphView(GraphViewModel model) {
        this.model = model;
        brush = new Brush(canvas.getGraphicsContext2D(), Palette.of(dark));
        painter = new GraphPainter(brush);
        overlays = new CanvasOverlays(brush);
        borders = new StageBorders(brush);
        getChildren().add(canvas);
        getStyleClass().add("graph-view");
        setId("graph-canvas");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.NODE);
        setAccessibleText("Graph of the model");
        setMinSize(120, 80);
        input = new CanvasInput(this, model);
        input.install();
        model.sceneProperty().addListener((o, old, next) -> arrived(next));
        model.selectionProperty().addListener((o, old, next) -> redraw());
        model.colourByProperty().addListener((o, old, next) -> recolour());
        model.layersProperty().addListener((o, old, next) -> recolour());
        model.wholeRunProperty().addListener((o, old, next) -> recolour());
        model.placementProperty().addListener((o, old, next) -> recolour());
        model.stageWordsProperty().addListener((o, old, next) -> {
            borders.say(next);
            redraw();
        });
        model.requestProperty().addListener((o, old, next) -> next.ifPresent(this::fulfil));
        sceneProperty().addListener((o, old, next) -> {
            if (next == null) {
                pulse.stop();
            } else {
                pulse.start();
            }
        });
        arrived(model.sceneProperty().get());
    }

    /// Draws in this theme's colours.
    public void theme(boolean darkTheme) {
        dark = darkTheme;
        brush.palette = Palette.of(dark);
        recolour();
    }

    /// Whether opening, closing and travelling happen at once.
    public void reduceMotion(boolean reduce) {
        reduceMotion = reduce;
    }

    /// The zoom, 1 = 100 %.
    public ReadOnlyDoubleProperty zoomProperty() {
        return zoom.getReadOnlyProperty();
    }

    Camera camera() {
        return camera;
    }

    Optional<GraphScene> scene() {
        return scene;
    }

    StageBorders borders() {
        return borders;
    }

    CanvasOverlays overlays() {
        return overlays;
    }

    void camera(Camera next) {
        cameraFrom = Optional.empty();
        camera = next;
        zoom.set(next.zoom());
        redraw();
    }

    void redraw() {
        dirty = true;
    }

    void hover(int box, List<String> lines, double x, double y) {
        if (box != hovered || !lines.equals(tip) || !lines.isEmpty()) {
            hovered = box;
            tip = lines;
            tipX = x;
            tipY = y;
            redraw();
        }
    }

    void drag(int border, int cut) {
        dragged = border;
        draggedTo = cut;
        redraw();
    }

    Optional<CostOverlay> cost() {
        return cost;
    }

    private void recolour() {
        cost = scene.map(s -> new CostOverlay(
                s,
                model.layersProperty().get(),
                model.wholeRunProperty().get(),
                model.placementProperty().get(),
                model.colourByProperty().get(),
                dark));
        borders.update(
                model.colourByProperty().get() == ColourBy.STAGE ? scene : Optional.empty(),
                model.placementProperty().get());
        redraw();
    }

    private void arrived(Optional<GraphScene> next) {
        Optional<GraphScene> before = scene;
        scene = next;
        hovered = -1;
        tip = List.of();
        if (next.isEmpty()) {
            cost = Optional.empty();
            redraw();
            return;
        }
        boolean same = before.map(s -> s.tree() == next.get().tree()).orElse(false);
        if (same) {
            // What was opened stays under the pointer.
            String around = next.get().around();
            Integer was = before.get().layout().byPath().get(around);
            Integer is = next.get().layout().byPath().get(around);
            if (was != null && is != null) {
                Box a = before.get().layout().boxes().get(was);
                Box b = next.get().layout().boxes().get(is);
                camera = camera.moved((a.centreX() - b.centreX()) * camera.zoom(), (a.y() - b.y()) * camera.zoom());
                double shift = (a.centreX() - b.centreX());
                from = places(before.get().layout(), next.get().layout(), shift, a.y() - b.y());
                openedAt = reduceMotion ? -1 : 0;
                intoView(b);
            } else {
                from = List.of();
                openedAt = -1;
            }
        } else {
            fitted = false;
            from = List.of();
            openedAt = -1;
        }
        recolour();
        if (!fitted && getWidth() > 0) {
            fitNow();
        }
        revealWhenThere.ifPresent(this::travelTo);
    }

    /// Brings an opened block into the view sideways, where it fits.
    private void intoView(Box b) {
        double left = camera.screenX(b.x());
        double room = getWidth() - 24 - b.w() * camera.zoom();
        if (room >= 0 && (left < 12 || left > 12 + room)) {
            travel(camera.moved(Math.clamp(left, 12, 12 + room) - left, 0));
        }
    }

    /// Where the boxes of the next layout come from: their old place, or that of the block they were in.
    private static List<Box> places(GraphLayout old, GraphLayout next, double dx, double dy) {
        List<Box> out = new ArrayList<>(next.boxes().size());
        Map<Integer, Box> pills = new HashMap<>();
        for (Box b : old.boxes()) {
            b.value().ifPresent(v -> pills.put(v.index() * 2 + (b.kind() == Kind.OUTPUT ? 1 : 0), b));
        }
        for (Box b : next.boxes()) {
            Box was = null;
            if (b.value().isPresent()) {
                was = pills.get(b.value().get().index() * 2 + (b.kind() == Kind.OUTPUT ? 1 : 0));
            } else {
                Box at = b;
                Integer known = old.byPath().get(b.path());
                while (known == null && at.parent() >= 0) {
                    at = next.boxes().get(at.parent());
                    known = old.byPath().get(at.path());
                }
                was = known == null ? null : old.boxes().get(known);
            }
            out.add(was == null ? b : moved(b, was.x() - dx, was.y() - dy, was.w(), was.h()));
        }
        return out;
    }

    private static Box moved(Box b, double x, double y, double w, double h) {
        return new Box(b.index(), b.kind(), b.path(), b.title(), b.detail(), b.value(), b.parent(), x, y, w, h);
    }

    private void fulfil(GraphViewModel.Request request) {
        switch (request) {
            case GraphViewModel.Request.Fit f -> scene.ifPresent(s -> travel(whole(s)));
            case GraphViewModel.Request.Reveal(Selection what) -> {
                revealWhenThere = Optional.of(what);
                travelTo(what);
            }
        }
    }

    private void travelTo(Selection what) {
        if (scene.isEmpty()) {
            return;
        }
        int box = boxOf(what);
        if (box < 0) {
            return;
        }
        Box b = scene.get().layout().boxes().get(box);
        boolean exact = !what.equals(Selection.NONE)
                && (b.kind().isLeaf() || b.kind().isPill() || what instanceof Selection.OfScope);
        if (exact) {
            revealWhenThere = Optional.empty();
        }
        double z = Math.max(camera.zoom(), Math.min(1, 0.8));
        Camera centred = new Camera(getWidth() / 2 - b.centreX() * z, getHeight() / 2 - b.centreY() * z, z);
        travel(withGroup(b, centred));
    }

    /// Shifted sideways so that the opened block around a box is seen whole, where that is possible.
    private Camera withGroup(Box b, Camera camera) {
        Box outer = b;
        while (outer.parent() >= 0) {
            outer = scene.orElseThrow().layout().boxes().get(outer.parent());
        }
        double left = camera.screenX(outer.x());
        double room = getWidth() - 24 - outer.w() * camera.zoom();
        return room < 0 ? camera : camera.moved(Math.clamp(left, 12, 12 + room) - left, 0);
    }

    /// The whole graph as large as it can be without lying under the legend or the minimap.
    private Camera whole(GraphScene s) {
        GraphLayout l = s.layout();
        double w = getWidth();
        double h = getHeight();
        Camera best = Camera.showing(0, 0, l.width(), l.height(), w, h, 28);
        double clear = -1;
        for (Insets room : CanvasOverlays.ROOMS) {
            double inW = w - room.getLeft() - room.getRight();
            double inH = h - room.getBottom();
            if (inW > 200 && inH > 150) {
                Camera c = Camera.showing(0, 0, l.width(), l.height(), inW, inH, 28)
                        .moved(room.getLeft(), 0);
                if (c.zoom() > clear + 0.01 && overlays.clearOf(s, c, w, h)) {
                    clear = c.zoom();
                    best = c;
                }
            }
        }
        return best;
    }

    /// Shows the whole graph when that can still be read, else its beginning at a size that can.
    private void fitNow() {
        scene.ifPresent(s -> {
            Camera all = whole(s);
            if (all.zoom() < 0.55) {
                double z = Math.clamp((getWidth() - 60) / s.layout().width(), 0.75, 1);
                // The widest box stands on the trunk: what hangs beside it may be out of sight.
                double first = s.layout().boxes().stream()
                        .max(java.util.Comparator.comparingDouble(Box::w))
                        .map(Box::centreX)
                        .orElse(s.layout().width() / 2);
                all = new Camera(getWidth() / 2 - first * z, 28, z);
            }
            camera(all);
            fitted = true;
        });
    }

    private void travel(Camera to) {
        if (reduceMotion || getWidth() <= 0) {
            camera(to);
            return;
        }
        cameraFrom = Optional.of(camera);
        cameraTo = to;
        travelAt = 0;
        redraw();
    }

    /// The box that stands for the selection, −1 when it is not drawn.
    int boxOf(Selection what) {
        if (scene.isEmpty()) {
            return -1;
        }
        GraphScene s = scene.get();
        return switch (what) {
            case Selection.None n -> -1;
            case Selection.OfNode(var node) -> s.layout().boxOf().getOrDefault(node, -1);
            case Selection.OfScope(String path) -> {
                Integer at = s.layout().byPath().get(path);
                String p = path;
                while (at == null && s.tree().parent(p).isPresent()) {
                    p = s.tree().parent(p).get().path();
                    at = s.layout().byPath().get(p);
                }
                yield at == null ? -1 : at;
            }
            case Selection.OfValue(var value) -> {
                Integer pill = s.layout().pills().get(value);
                yield pill != null
                        ? pill
                        : s.analysis()
                                .model()
                                .graph()
                                .producer(value)
                                .map(n -> s.layout().boxOf().getOrDefault(n.id(), -1))
                                .orElse(-1);
            }
        };
    }

    @Override
    protected void layoutChildren() {
        canvas.setWidth(getWidth());
        canvas.setHeight(getHeight());
        if (!fitted && scene.isPresent() && getWidth() > 0) {
            fitNow();
        }
        redraw();
        if (!pulseRuns()) {
            paint(1);
        }
    }

    private boolean pulseRuns() {
        return getScene() != null
                && getScene().getWindow() != null
                && getScene().getWindow().isShowing();
    }

    private void step(long now) {
        double opening = 1;
        if (openedAt >= 0) {
            openedAt = openedAt == 0 ? now : openedAt;
            opening = Math.min(1, (now - openedAt) / OPENING);
            openedAt = opening >= 1 ? -1 : openedAt;
            dirty = true;
        }
        if (cameraFrom.isPresent()) {
            travelAt = travelAt == 0 ? now : travelAt;
            double t = Math.min(1, (now - travelAt) / TRAVEL);
            camera = cameraFrom.get().between(cameraTo, eased(t));
            zoom.set(camera.zoom());
            cameraFrom = t >= 1 ? Optional.empty() : cameraFrom;
            dirty = true;
        }
        if (dirty) {
            dirty = false;
            paint(eased(opening));
        }
    }

    private static double eased(double t) {
        return 1 - Math.pow(1 - t, 3);
    }

    /// Draws now; `opening` is how far an opening or closing has come.
    void paint(double opening) {
        double w = getWidth();
        double h = getHeight();
        if (w <= 0 || h <= 0) {
            return;
        }
        painter.ground(w, h, camera);
        if (scene.isEmpty() || cost.isEmpty()) {
            return;
        }
        borders.bands(camera, w, h);
        List<Box> boxes = scene.get().layout().boxes();
        if (opening < 1 && from.size() == boxes.size()) {
            List<Box> moving = new ArrayList<>(boxes.size());
            for (int i = 0; i < boxes.size(); i++) {
                Box a = from.get(i);
                Box b = boxes.get(i);
                moving.add(moved(
                        b,
                        a.x() + (b.x() - a.x()) * opening,
                        a.y() + (b.y() - a.y()) * opening,
                        a.w() + (b.w() - a.w()) * opening,
                        a.h() + (b.h() - a.h()) * opening));
            }
            boxes = moving;
        }
        int selected = boxOf(model.selectionProperty().get());
        var marks = new GraphPainter.Marks(selected, hovered, Set.of());
        painter.paint(scene.get(), boxes, cost.get(), marks, camera, w, h, opening);
        borders.paint(camera, w, h, dragged, draggedTo, dragged >= 0 ? model.plate(dragged, draggedTo) : List.of());
        overlays.legend(cost.get(), h);
        if (w > 480 && h > 300) {
            overlays.minimap(scene.get(), cost.get(), camera, w, h);
        }
        overlays.tip(tip, tipX, tipY, w, h);
    }
}
