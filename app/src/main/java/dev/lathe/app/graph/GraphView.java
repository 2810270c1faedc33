package dev.lathe.app.graph;

import dev.lathe.app.graph.GraphLayout.Box;
import dev.lathe.app.project.ColourBy;
import dev.lathe.app.project.Selection;
import dev.lathe.app.ui.Palette;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.animation.AnimationTimer;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.layout.Region;

/// The graph canvas: one canvas that draws the view model's scene, moves its camera, and turns clicks, the
/// wheel and keys into selection, opening and closing.
public final class GraphView extends Region {
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
    private boolean dirty = true;
    private int hovered = -1;
    private List<String> tip = List.of();
    private double tipX;
    private double tipY;
    private int dragged = -1;
    private int draggedTo = -1;

    private final Opening opening = new Opening();
    private final CameraMoves moves = new CameraMoves(this);
    private final Fade fade = new Fade();

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
        new CanvasKeys(this, model).install();
        model.sceneProperty().addListener((o, old, next) -> arrived(next));
        model.selectionProperty().addListener((o, old, next) -> redraw());
        model.markedProperty().addListener((o, old, next) -> redraw());
        model.colourByProperty().addListener((o, old, next) -> fade());
        // While a run lasts its numbers come several times a second: painting between them would be measured too.
        model.layersProperty().addListener((o, old, next) -> {
            if (old.isEmpty() || next.isEmpty()) {
                fade();
            } else {
                recolour();
            }
        });
        model.wholeRunProperty().addListener((o, old, next) -> recolour());
        model.placementProperty().addListener((o, old, next) -> recolour());
        model.copiesProperty().addListener((o, old, next) -> recolour());
        model.stageWordsProperty().addListener((o, old, next) -> {
            borders.say(next);
            redraw();
        });
        model.requestProperty().addListener((o, old, next) -> next.ifPresent(moves::fulfil));
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
        moves.atOnce(reduce);
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
        moves.moved();
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

    /// The colours change in a moment, not at once.
    private void fade() {
        Optional<CostOverlay> old = cost;
        recolour();
        if (!moves.atOnce() && pulseRuns()) {
            old.ifPresent(from -> cost.ifPresent(to -> fade.begin(from, to)));
        }
    }

    private void recolour() {
        fade.end();
        cost = scene.map(s -> new CostOverlay(
                s,
                model.layersProperty().get(),
                model.wholeRunProperty().get(),
                model.placementProperty().get(),
                model.copiesProperty().get(),
                model.colourByProperty().get(),
                dark));
        borders.update(
                model.colourByProperty().get() == ColourBy.STAGE ? scene : Optional.empty(),
                model.placementProperty().get());
        redraw();
    }

    @Override
    protected void layoutChildren() {
        boolean resized = canvas.getWidth() != getWidth() || canvas.getHeight() != getHeight();
        canvas.setWidth(getWidth());
        canvas.setHeight(getHeight());
        moves.laidOut(resized);
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

    Framing framing() {
        cost.ifPresent(c -> overlays.measure(c, getWidth(), getHeight()));
        return new Framing(overlays, getWidth(), getHeight());
    }

    /// The box with this path will be opened or closed: what of it is at this place stays there.
    void holding(String path, double x, double y) {
        moves.holding(path, x, y);
    }

    private void arrived(Optional<GraphScene> next) {
        Optional<GraphScene> before = scene;
        scene = next;
        hovered = -1;
        tip = List.of();
        opening.end();
        if (next.isEmpty()) {
            cost = Optional.empty();
            redraw();
            return;
        }
        moves.arrived(before.filter(s -> s.tree() == next.get().tree()), next.get(), opening);
        recolour();
        moves.settle();
    }

    int selectedBox() {
        return boxOf(model.selectionProperty().get());
    }

    /// The box that stands for the selection, −1 when it is not drawn.
    int boxOf(Selection what) {
        return scene.map(s -> s.boxOf(what)).orElse(-1);
    }

    private void step(long now) {
        dirty |= opening.runs() || moves.flies() || fade.runs();
        fade.step(now);
        double opened = opening.at(now);
        if (moves.flies()) {
            camera = moves.at(now);
            zoom.set(camera.zoom());
        }
        if (dirty) {
            dirty = false;
            paint(Travel.eased(opened));
        }
    }

    /// Draws now; `opened` is how far an opening or closing has come.
    void paint(double opened) {
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
        List<Box> boxes = opening.boxes(scene.get().layout().boxes(), opened);
        Set<Integer> marked = scene.get().boxesOf(model.markedProperty().get());
        int selected = selectedBox();
        painter.paint(scene.get(), boxes, cost.get(), new Sight(camera, w, h, selected, hovered, marked), opened);
        List<String> plate = dragged >= 0 ? model.plate(dragged, draggedTo) : List.of();
        borders.paint(camera, w, h, overlays.shown(scene.get(), cost.get(), camera, w, h), dragged, draggedTo, plate);
        overlays.legend(cost.get(), w, h);
        overlays.minimap(scene.get(), cost.get(), camera, w, h);
        overlays.tip(tip, tipX, tipY, w, h);
    }
}
