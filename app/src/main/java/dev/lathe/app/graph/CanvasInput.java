package dev.lathe.app.graph;

import dev.lathe.app.graph.GraphLayout.Box;
import dev.lathe.app.graph.GraphLayout.Kind;
import dev.lathe.app.graph.GraphLayout.Wire;
import dev.lathe.app.project.Selection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javafx.scene.Cursor;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.input.ZoomEvent;

/// Turns mouse, wheel and touch on the canvas into acts: pan, zoom, select, open, close, drag a stage border.
///
/// Any drag pans; with the middle button or with Space held it does so even on a stage border or the minimap.
final class CanvasInput {
    /// The corner of a block that opens and closes it, in layout units.
    static final double CHEVRON = 24;

    private static final double NEAR = 5;

    private final GraphView view;
    private final GraphViewModel model;
    private final CanvasTips tips;
    private double pressX;
    private double pressY;
    private double lastX;
    private double lastY;
    private boolean moved;
    private boolean inMap;
    private boolean space;
    private boolean panning;
    private int border = -1;

    CanvasInput(GraphView view, GraphViewModel model) {
        this.view = view;
        this.model = model;
        tips = new CanvasTips(view, model);
    }

    void install() {
        view.addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
        view.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::draggedTo);
        view.addEventHandler(MouseEvent.MOUSE_RELEASED, this::released);
        view.addEventHandler(MouseEvent.MOUSE_MOVED, this::hover);
        view.addEventHandler(MouseEvent.MOUSE_EXITED, e -> view.hover(-1, List.of(), 0, 0));
        view.addEventHandler(ScrollEvent.SCROLL, this::scrolled);
        view.addEventHandler(ZoomEvent.ZOOM, this::pinched);
        view.addEventHandler(KeyEvent.KEY_PRESSED, e -> hand(e, true));
        view.addEventHandler(KeyEvent.KEY_RELEASED, e -> hand(e, false));
        view.focusedProperty().addListener((o, was, is) -> space &= is);
    }

    /// Space held is the hand: whatever is under it, a drag moves the graph.
    private void hand(KeyEvent e, boolean down) {
        if (e.getCode() == KeyCode.SPACE && !e.isControlDown() && !e.isAltDown() && !e.isMetaDown()) {
            if (space != down) {
                view.setCursor(down ? Cursor.OPEN_HAND : Cursor.DEFAULT);
            }
            space = down;
            e.consume();
        }
    }

    private void pressed(MouseEvent e) {
        view.requestFocus();
        pressX = lastX = e.getX();
        pressY = lastY = e.getY();
        moved = false;
        panning = space || e.getButton() == MouseButton.MIDDLE;
        inMap = !panning && view.overlays().inMinimap(e.getX(), e.getY());
        border = inMap || panning ? -1 : view.borders().borderAt(e.getX(), e.getY(), view.camera());
        view.hover(-1, List.of(), 0, 0);
        if (inMap) {
            centre(e);
        }
        e.consume();
    }

    private void centre(MouseEvent e) {
        view.camera(view.overlays().fromMinimap(e.getX(), e.getY(), view.camera(), view.getWidth(), view.getHeight()));
    }

    private void draggedTo(MouseEvent e) {
        moved |= Math.hypot(e.getX() - pressX, e.getY() - pressY) > 4;
        if (inMap) {
            centre(e);
        } else if (border >= 0) {
            view.drag(border, view.borders().cutAt(border, e.getY(), view.camera()));
        } else if (moved) {
            view.setCursor(Cursor.CLOSED_HAND);
            view.camera(view.camera().moved(e.getX() - lastX, e.getY() - lastY));
        }
        lastX = e.getX();
        lastY = e.getY();
        e.consume();
    }

    private void released(MouseEvent e) {
        view.setCursor(space ? Cursor.OPEN_HAND : Cursor.DEFAULT);
        if (border >= 0) {
            int cut = view.borders().cutAt(border, e.getY(), view.camera());
            view.drag(-1, -1);
            if (moved && cut >= 0) {
                model.moveBorder(border, cut);
            }
        } else if (!moved && !inMap && !panning && e.getButton() == MouseButton.PRIMARY) {
            click(e);
        } else if (!moved && !inMap && !panning && e.getButton() == MouseButton.SECONDARY) {
            model.select(under(e));
            model.askMenu(e.getScreenX(), e.getScreenY());
        }
        border = -1;
        e.consume();
    }

    private Optional<Box> boxAt(MouseEvent e) {
        return view.scene()
                .flatMap(s -> s.layout()
                        .at(view.camera().layoutX(e.getX()), view.camera().layoutY(e.getY())));
    }

    private void click(MouseEvent e) {
        Optional<Box> box = boxAt(e);
        if (box.isPresent() && onChevron(box.get(), e)) {
            toggle(box.get(), e);
            return;
        }
        if (box.isPresent() && e.getClickCount() % 2 == 0 && !box.get().kind().isPill()) {
            toggle(box.get(), e);
            return;
        }
        Selection what = under(e);
        if (e.getClickCount() % 2 == 0 && box.isEmpty() && what.equals(Selection.NONE)) {
            model.fit();
            return;
        }
        model.select(what);
    }

    /// What a click selects there.
    private Selection under(MouseEvent e) {
        Optional<Box> box = boxAt(e);
        boolean ground = box.map(b -> b.kind() == Kind.GROUP).orElse(true);
        Optional<Selection> stub = stubAt(e);
        Optional<Wire> wire = ground && stub.isEmpty() ? wireAt(e) : Optional.empty();
        return stub.orElseGet(() -> wire.<Selection>map(w -> new Selection.OfValue(w.value()))
                .orElseGet(() -> box.flatMap(b -> view.scene().map(s -> s.selectionOf(b)))
                        .orElse(Selection.NONE)));
    }

    private void toggle(Box box, MouseEvent e) {
        view.holding(box.path(), e.getX(), e.getY());
        model.toggle(box.path());
    }

    /// A click on a hub's stub goes to where the tensor comes from.
    private Optional<Selection> stubAt(MouseEvent e) {
        double x = view.camera().layoutX(e.getX());
        double y = view.camera().layoutY(e.getY());
        return view.scene()
                .flatMap(s -> s.layout().stubs().stream()
                        .filter(t -> x >= t.x() && x <= t.x() + t.w() && y >= t.y() && y <= t.y() + t.h())
                        .findFirst()
                        .map(t -> new Selection.OfValue(t.value())));
    }

    private boolean onChevron(Box box, MouseEvent e) {
        if (box.kind() != Kind.BLOCK && box.kind() != Kind.GROUP) {
            return false;
        }
        double x = view.camera().layoutX(e.getX()) - box.x();
        double y = view.camera().layoutY(e.getY()) - box.y();
        return x < CHEVRON && y < CHEVRON + 2;
    }

    private Optional<Wire> wireAt(MouseEvent e) {
        double x = view.camera().layoutX(e.getX());
        double y = view.camera().layoutY(e.getY());
        double reach = NEAR / view.camera().zoom();
        return view.scene()
                .flatMap(s -> s.layout().wires().stream()
                        .filter(w -> distance(w.points(), x, y) < reach)
                        .min(Comparator.comparingDouble(w -> distance(w.points(), x, y))));
    }

    private static double distance(double[] p, double x, double y) {
        double best = Double.MAX_VALUE;
        for (int i = 2; i < p.length; i += 2) {
            double cx = Math.clamp(x, Math.min(p[i - 2], p[i]), Math.max(p[i - 2], p[i]));
            double cy = Math.clamp(y, Math.min(p[i - 1], p[i + 1]), Math.max(p[i - 1], p[i + 1]));
            best = Math.min(best, Math.hypot(x - cx, y - cy));
        }
        return best;
    }

    private void hover(MouseEvent e) {
        boolean onBorder = view.borders().borderAt(e.getX(), e.getY(), view.camera()) >= 0;
        view.setCursor(space ? Cursor.OPEN_HAND : onBorder ? Cursor.V_RESIZE : Cursor.DEFAULT);
        Optional<Box> box = boxAt(e);
        boolean leaf = box.map(b -> b.kind() != Kind.GROUP).orElse(false);
        if (leaf && !onBorder) {
            view.hover(box.get().index(), tips.about(box.get()), e.getX(), e.getY());
        } else {
            Optional<Wire> wire = onBorder ? Optional.empty() : wireAt(e);
            view.hover(box.map(Box::index).orElse(-1), wire.map(tips::about).orElse(List.of()), e.getX(), e.getY());
        }
    }

    private void pinched(ZoomEvent e) {
        if (e.getZoomFactor() > 0) {
            view.camera(view.camera().zoomed(e.getZoomFactor(), e.getX(), e.getY()));
        }
        e.consume();
    }

    private void scrolled(ScrollEvent e) {
        if (e.getDeltaY() == 0 && e.getDeltaX() == 0) {
            return;
        }
        if (e.isShiftDown() || e.getDeltaX() != 0 && e.getDeltaY() == 0) {
            view.camera(view.camera().moved(e.getDeltaX() + (e.isShiftDown() ? e.getDeltaY() : 0), 0));
        } else {
            view.camera(view.camera().zoomed(Math.pow(1.0018, e.getDeltaY()), e.getX(), e.getY()));
        }
        e.consume();
    }
}
