package dev.lathe.app.graph;

import dev.lathe.app.Selection;
import dev.lathe.app.graph.GraphLayout.Box;
import dev.lathe.app.graph.GraphLayout.Kind;
import dev.lathe.app.graph.GraphLayout.Wire;
import dev.lathe.app.graph.ScopeTree.Item;
import dev.lathe.app.graph.ScopeTree.Scope;
import dev.lathe.app.ui.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javafx.scene.Cursor;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;

/// Turns mouse, wheel and keys on the canvas into acts: pan, zoom, select, open, close, move along edges,
/// drag a stage border.
final class CanvasInput {
    private static final double NEAR = 5;

    private final GraphView view;
    private final GraphViewModel model;
    private double pressX;
    private double pressY;
    private double lastX;
    private double lastY;
    private boolean moved;
    private boolean inMap;
    private int border = -1;

    CanvasInput(GraphView view, GraphViewModel model) {
        this.view = view;
        this.model = model;
    }

    void install() {
        view.addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
        view.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::draggedTo);
        view.addEventHandler(MouseEvent.MOUSE_RELEASED, this::released);
        view.addEventHandler(MouseEvent.MOUSE_MOVED, this::hover);
        view.addEventHandler(MouseEvent.MOUSE_EXITED, e -> view.hover(-1, List.of(), 0, 0));
        view.addEventHandler(ScrollEvent.SCROLL, this::scrolled);
        view.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    }

    private void pressed(MouseEvent e) {
        view.requestFocus();
        pressX = lastX = e.getX();
        pressY = lastY = e.getY();
        moved = false;
        inMap = view.overlays().inMinimap(e.getX(), e.getY());
        border = inMap ? -1 : view.borders().borderAt(e.getX(), e.getY(), view.camera());
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
        view.setCursor(Cursor.DEFAULT);
        if (border >= 0) {
            int cut = view.borders().cutAt(border, e.getY(), view.camera());
            view.drag(-1, -1);
            if (moved && cut >= 0) {
                model.moveBorder(border, cut);
            }
        } else if (!moved && !inMap && e.getButton() == MouseButton.PRIMARY) {
            click(e);
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
            model.toggle(box.get().path());
            return;
        }
        if (box.isPresent() && e.getClickCount() == 2 && !box.get().kind().isPill()) {
            model.toggle(box.get().path());
            return;
        }
        boolean ground = box.map(b -> b.kind() == Kind.GROUP).orElse(true);
        Optional<Selection> stub = stubAt(e);
        Optional<Wire> wire = ground && stub.isEmpty() ? wireAt(e) : Optional.empty();
        model.select(stub.orElseGet(() -> wire.<Selection>map(w -> new Selection.OfValue(w.value()))
                .orElseGet(() -> box.map(this::selectionOf).orElse(Selection.NONE))));
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
        return x < 24 && y < 26;
    }

    Selection selectionOf(Box box) {
        if (box.value().isPresent()) {
            return new Selection.OfValue(box.value().get());
        }
        Optional<Item> item = view.scene().flatMap(s -> s.tree().item(box.path()));
        return item.<Selection>map(i -> switch (i) {
                    case ScopeTree.Leaf l -> new Selection.OfNode(l.node());
                    case Scope s ->
                        s.isLayer() && s.head().isPresent()
                                ? new Selection.OfNode(s.head().get())
                                : new Selection.OfScope(s.path());
                })
                .orElse(Selection.NONE);
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
        view.setCursor(onBorder ? Cursor.V_RESIZE : Cursor.DEFAULT);
        Optional<Box> box = boxAt(e);
        boolean leaf = box.map(b -> b.kind() != Kind.GROUP).orElse(false);
        if (leaf && !onBorder) {
            view.hover(box.get().index(), about(box.get()), e.getX(), e.getY());
        } else {
            Optional<Wire> wire = onBorder ? Optional.empty() : wireAt(e);
            view.hover(box.map(Box::index).orElse(-1), wire.map(this::about).orElse(List.of()), e.getX(), e.getY());
        }
    }

    private List<String> about(Wire w) {
        List<String> lines = new ArrayList<>();
        view.scene().ifPresent(s -> {
            var graph = s.analysis().model().graph();
            var type = s.analysis().type(w.value());
            lines.add(graph.nameOf(w.value()));
            String dtype = type.dtype().map(d -> d.text() + " · ").orElse("");
            lines.add(dtype
                    + Numbers.shapeWide(type.shape())
                    + GraphPainter.bytes(s, w).map(b -> " · " + b).orElse(""));
        });
        return lines;
    }

    private List<String> about(Box box) {
        List<String> lines = new ArrayList<>();
        view.scene().ifPresent(s -> {
            var a = s.analysis();
            if (box.value().isPresent()) {
                lines.add(box.title());
                var type = a.type(box.value().get());
                String dtype = type.dtype().map(d -> d.text() + " · ").orElse("");
                lines.add((box.kind() == Kind.INPUT ? "input · " : "output · ")
                        + dtype
                        + Numbers.shapeWide(type.shape()));
                return;
            }
            Optional<Item> item = s.tree().item(box.path());
            item.ifPresent(i -> {
                String name = switch (i) {
                    case ScopeTree.Leaf l -> s.tree().layerName(l.node());
                    case Scope c -> c.path().replace('/', '.');
                };
                lines.add(name);
                lines.add(box.detail());
                Optional<dev.lathe.graph.NodeId> main = switch (i) {
                    case ScopeTree.Leaf l -> Optional.of(l.node());
                    case Scope c -> c.head();
                };
                main.flatMap(n -> a.model().graph().node(n))
                        .filter(n -> !n.outputs().isEmpty())
                        .ifPresent(n -> {
                            String shape = Numbers.shapeWide(a.type(n.output(0)).shape());
                            if (!shape.equals(Numbers.UNKNOWN)) {
                                lines.add("→ " + shape);
                            }
                        });
                view.cost().ifPresent(c -> {
                    if (c.total.isPresent()) {
                        lines.add(c.text(c.amount(i)) + " · " + c.share(i));
                    } else if (c.by.isHeat()) {
                        lines.add(c.by.label() + " not known yet");
                    }
                });
            });
        });
        return lines;
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

    private void key(KeyEvent e) {
        if (e.isControlDown() || e.isAltDown() || e.isMetaDown()) {
            return;
        }
        double cx = view.getWidth() / 2;
        double cy = view.getHeight() / 2;
        boolean used = true;
        switch (e.getCode()) {
            case PLUS, ADD, EQUALS -> view.camera(view.camera().zoomed(1.25, cx, cy));
            case MINUS, SUBTRACT -> view.camera(view.camera().zoomed(0.8, cx, cy));
            case DIGIT0, NUMPAD0 -> model.fit();
            case ENTER -> selectedPath().ifPresent(model::expand);
            case BACK_SPACE -> close();
            case ESCAPE -> model.select(Selection.NONE);
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
        model.select(selectionOf(box));
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
