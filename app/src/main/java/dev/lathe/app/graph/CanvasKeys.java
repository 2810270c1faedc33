package dev.lathe.app.graph;

import dev.lathe.app.graph.GraphLayout.Box;
import dev.lathe.app.graph.GraphLayout.Kind;
import dev.lathe.app.graph.GraphLayout.Wire;
import dev.lathe.app.project.Selection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javafx.scene.input.KeyEvent;

/// Turns keys on the canvas into acts: walk along edges and between neighbours, open, close, zoom, fit.
final class CanvasKeys {
    private static final double NEARER = 1.25;

    private final GraphView view;
    private final GraphViewModel model;

    CanvasKeys(GraphView view, GraphViewModel model) {
        this.view = view;
        this.model = model;
    }

    void install() {
        view.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    }

    private void key(KeyEvent e) {
        if (e.isControlDown() || e.isAltDown() || e.isMetaDown()) {
            return;
        }
        boolean used = true;
        switch (e.getCode()) {
            case PLUS, ADD, EQUALS -> model.zoom(NEARER);
            case MINUS, SUBTRACT -> model.zoom(1 / NEARER);
            case DIGIT0, NUMPAD0, HOME -> model.fit();
            case F -> model.fitSelection();
            case ENTER -> selectedPath().ifPresent(model::expand);
            case BACK_SPACE -> close();
            case ESCAPE -> used = leave();
            case DOWN -> along(true);
            case UP -> along(false);
            case RIGHT -> beside(true);
            case LEFT -> beside(false);
            default -> used = false;
        }
        if (used) {
            e.consume();
        }
    }

    /// First the selection goes, then what was opened last; says whether there was something to leave.
    private boolean leave() {
        if (!model.selectionProperty().get().equals(Selection.NONE)) {
            model.select(Selection.NONE);
            return true;
        }
        return model.closeNewest();
    }

    private Optional<Box> selectedBox() {
        int at = view.boxOf(model.selectionProperty().get());
        return at < 0
                ? Optional.empty()
                : view.scene().map(s -> s.layout().boxes().get(at));
    }

    private Optional<String> selectedPath() {
        return selectedBox().map(Box::path).filter(p -> !p.isEmpty());
    }

    /// Closes the selected block, or the one around what is selected, and selects it.
    private void close() {
        selectedBox()
                .ifPresent(box -> view.scene().ifPresent(s -> {
                    Box group = box.kind() == Kind.GROUP || box.parent() < 0
                            ? box
                            : s.layout().boxes().get(box.parent());
                    if (group.kind() == Kind.GROUP) {
                        model.collapse(group.path());
                        model.select(new Selection.OfScope(group.path()));
                    }
                }));
    }

    /// Along an edge to the next (or previous) box.
    private void along(boolean forward) {
        view.scene().ifPresent(s -> {
            Optional<Box> now = selectedBox();
            if (now.isEmpty()) {
                s.layout().boxes().stream().findFirst().ifPresent(this::goTo);
                return;
            }
            Box at = now.get();
            List<Box> next = new ArrayList<>();
            for (Wire w : s.layout().wires()) {
                if (forward && within(s, w.from(), at.index())) {
                    for (int t : w.to()) {
                        if (!within(s, t, at.index())) {
                            next.add(s.layout().boxes().get(t));
                        }
                    }
                } else if (!forward && reaches(s, w, at.index()) && !within(s, w.from(), at.index())) {
                    next.add(s.layout().boxes().get(w.from()));
                }
            }
            next.stream().min(Comparator.comparingDouble(b -> near(at, b))).ifPresent(this::goTo);
        });
    }

    private static double near(Box a, Box b) {
        return Math.abs(a.centreX() - b.centreX()) + Math.abs(a.centreY() - b.centreY());
    }

    private static boolean within(GraphScene s, int box, int group) {
        for (int b = box; b >= 0; b = s.layout().boxes().get(b).parent()) {
            if (b == group) {
                return true;
            }
        }
        return false;
    }

    private static boolean reaches(GraphScene s, Wire w, int box) {
        for (int t : w.to()) {
            if (within(s, t, box)) {
                return true;
            }
        }
        return false;
    }

    /// To the nearest box on this side.
    private void beside(boolean right) {
        selectedBox()
                .ifPresent(at -> view.scene()
                        .ifPresent(s -> s.layout().boxes().stream()
                                .filter(b -> b.index() != at.index() && b.kind() != Kind.GROUP)
                                .filter(b -> right ? b.x() > at.right() - 1 : b.right() < at.x() + 1)
                                .min(Comparator.comparingDouble(b -> Math.abs(b.centreX() - at.centreX())
                                        + 4 * Math.abs(b.centreY() - at.centreY())))
                                .ifPresent(this::goTo)));
    }

    private void goTo(Box box) {
        view.scene().ifPresent(s -> model.select(s.selectionOf(box)));
        Camera c = view.camera();
        double x = c.screenX(box.centreX());
        double y = c.screenY(box.centreY());
        double dx = x < 40 ? 40 - x : x > view.getWidth() - 40 ? view.getWidth() - 40 - x : 0;
        double dy = y < 40 ? 40 - y : y > view.getHeight() - 40 ? view.getHeight() - 40 - y : 0;
        if (dx != 0 || dy != 0) {
            view.camera(c.moved(dx, dy));
        }
    }
}
