package dev.lathe.app.timeline;

import java.util.Optional;
import javafx.scene.Cursor;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.input.ZoomEvent;

/// Mouse, wheel and keys on the timeline: the wheel zooms where the pointer is (with Shift it moves; over the names of
/// tracks it scrolls), a drag moves, one along the ruler or with Shift marks a stretch of time, a click picks, two
/// clicks zoom to a
/// slice.
final class TimelineInput {
    private static final double WHEEL = 1.0025;
    private static final double KEY_ZOOM = 1.5;
    private static final double KEY_MOVE = 0.1;
    private static final double DRAG = 3;

    private final TimelineCanvas canvas;
    private final TimelineViewModel model;
    private double pressX;
    private double pressY;
    private double lastX;
    private double lastY;
    private boolean moved;
    private boolean marking;

    TimelineInput(TimelineCanvas canvas, TimelineViewModel model) {
        this.canvas = canvas;
        this.model = model;
    }

    void install() {
        canvas.addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
        canvas.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::dragged);
        canvas.addEventHandler(MouseEvent.MOUSE_RELEASED, this::released);
        canvas.addEventHandler(
                MouseEvent.MOUSE_MOVED, e -> canvas.point(canvas.at(e.getX(), e.getY()), e.getX(), e.getY()));
        canvas.addEventHandler(MouseEvent.MOUSE_EXITED, e -> canvas.point(Optional.empty(), 0, 0));
        canvas.addEventHandler(ScrollEvent.SCROLL, this::scrolled);
        canvas.addEventHandler(ZoomEvent.ZOOM, e -> {
            canvas.zoom(e.getZoomFactor(), e.getX());
            e.consume();
        });
        canvas.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    }

    private void pressed(MouseEvent e) {
        canvas.requestFocus();
        pressX = lastX = e.getX();
        pressY = lastY = e.getY();
        moved = false;
        marking = (e.isShiftDown() || e.getY() < TimelineLayout.RULER)
                && e.getButton() == MouseButton.PRIMARY
                && !canvas.inNames(e.getX());
        canvas.point(Optional.empty(), 0, 0);
        e.consume();
    }

    private void dragged(MouseEvent e) {
        moved |= Math.hypot(e.getX() - pressX, e.getY() - pressY) > DRAG;
        if (moved && marking) {
            canvas.view().ifPresent(v -> model.mark(v.time(pressX), v.time(e.getX())));
        } else if (moved) {
            canvas.setCursor(Cursor.CLOSED_HAND);
            canvas.move(e.getX() - lastX);
            canvas.scrollBy(lastY - e.getY());
        }
        lastX = e.getX();
        lastY = e.getY();
        e.consume();
    }

    private void released(MouseEvent e) {
        canvas.setCursor(Cursor.DEFAULT);
        if (!moved && e.getButton() == MouseButton.PRIMARY) {
            Optional<Slice> hit = canvas.at(e.getX(), e.getY());
            if (e.getClickCount() % 2 == 0) {
                hit.ifPresentOrElse(canvas::frame, canvas::fit);
            } else {
                model.unmark();
                model.pick(hit);
            }
        }
        e.consume();
    }

    private void scrolled(ScrollEvent e) {
        if (e.isShiftDown() || Math.abs(e.getDeltaX()) > Math.abs(e.getDeltaY())) {
            canvas.move(e.getDeltaX() == 0 ? e.getDeltaY() : e.getDeltaX());
        } else if (canvas.inNames(e.getX())) {
            canvas.scrollBy(-e.getDeltaY());
        } else {
            canvas.zoom(Math.pow(WHEEL, e.getDeltaY()), e.getX());
        }
        e.consume();
    }

    private void key(KeyEvent e) {
        if (e.isControlDown()
                || e.isAltDown()
                || e.isMetaDown()
                || canvas.view().isEmpty()) {
            return;
        }
        TimeView v = canvas.view().get();
        double middle = v.left() + v.width() / 2;
        switch (e.getCode()) {
            case PLUS, EQUALS, ADD, W -> canvas.zoom(KEY_ZOOM, middle);
            case MINUS, SUBTRACT, S -> canvas.zoom(1 / KEY_ZOOM, middle);
            case DIGIT0, NUMPAD0 -> canvas.fit();
            case A -> canvas.move(v.width() * KEY_MOVE);
            case D -> canvas.move(-v.width() * KEY_MOVE);
            case LEFT -> step(-1);
            case RIGHT -> step(1);
            case UP -> canvas.scrollBy(-TimelineLayout.ROW);
            case DOWN -> canvas.scrollBy(TimelineLayout.ROW);
            case ENTER -> model.picked().get().ifPresent(canvas::frame);
            default -> {
                return;
            }
        }
        e.consume();
    }

    private void step(int by) {
        canvas.beside(by).ifPresent(s -> {
            model.pick(Optional.of(s));
            canvas.bringIntoSight(s);
        });
    }
}
