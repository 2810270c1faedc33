package dev.lathe.app.parts;

import java.util.Optional;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/// The layer above the window in which popovers and dialogs lie: one at a time, closed by Escape or a click outside.
/// Nodes of the same scene, so they wear its theme and are on its pictures.
public final class Overlay extends Pane {
    private static final double MARGIN = 8;

    private Optional<Node> anchor = Optional.empty();
    private Optional<Node> focusBefore = Optional.empty();

    public Overlay() {
        setPickOnBounds(false);
        setVisible(false);
        addEventHandler(MouseEvent.MOUSE_PRESSED, e -> {
            if (e.getTarget() == this) {
                close();
                e.consume();
            }
        });
        // Tab goes round in what is open, not into the window behind it.
        sceneProperty().flatMap(Scene::focusOwnerProperty).addListener((o, before, now) -> {
            if (isOpen() && now != null && !isInside(now)) {
                focusFirst();
            }
        });
    }

    /// A key that was pressed while this is open: Escape closes, the window behind gets none.
    public void key(KeyEvent e) {
        Scene scene = getScene();
        if (e.getCode() == KeyCode.ESCAPE) {
            close();
            e.consume();
        } else if (scene == null || !isInside(scene.getFocusOwner())) {
            focusFirst();
            e.consume();
        }
    }

    private boolean isInside(@Nullable Node node) {
        Node at = node;
        while (at != null && at != this) {
            at = at.getParent();
        }
        return at == this;
    }

    private void focusFirst() {
        getChildren().stream()
                .findFirst()
                .ifPresent(content -> focusable(content).orElse(content).requestFocus());
    }

    private static Optional<Node> focusable(Node node) {
        if (!node.isVisible() || node.isDisabled()) {
            return Optional.empty();
        }
        if (node.isFocusTraversable()) {
            return Optional.of(node);
        }
        return node instanceof Parent parent
                ? parent.getChildrenUnmodifiable().stream()
                        .flatMap(c -> focusable(c).stream())
                        .findFirst()
                : Optional.empty();
    }

    /// Shows `content` below `anchorNode`, within the window.
    public void showBelow(Region content, Node anchorNode) {
        show(content, Optional.of(anchorNode));
    }

    /// Shows `content` in the upper middle of the window.
    public void showCentred(Region content) {
        show(content, Optional.empty());
    }

    public boolean isOpen() {
        return isVisible();
    }

    public void close() {
        setVisible(false);
        getChildren().clear();
        setPickOnBounds(false);
        focusBefore.ifPresent(Node::requestFocus);
        focusBefore = Optional.empty();
    }

    private void show(Region content, Optional<Node> below) {
        if (!isVisible()) {
            focusBefore = Optional.ofNullable(getScene()).flatMap(s -> Optional.ofNullable(s.getFocusOwner()));
        }
        anchor = below;
        if (!content.getStyleClass().contains("popup-card")) {
            content.getStyleClass().add("popup-card");
        }
        getChildren().setAll(content);
        setPickOnBounds(true);
        setVisible(true);
        requestLayout();
        if (getScene() != null) {
            // At once, not with the next pulse: a click that comes before it would meet content without a size.
            applyCss();
            layout();
            focusFirst();
        }
    }

    @Override
    protected void layoutChildren() {
        for (Node child : getChildren()) {
            double w = Math.min(child.prefWidth(-1), getWidth() - 2 * MARGIN);
            double h = Math.min(child.prefHeight(w), getHeight() - 2 * MARGIN);
            double x = (getWidth() - w) / 2;
            double y = Math.min(72, Math.max(MARGIN, (getHeight() - h) / 2));
            if (anchor.isPresent()) {
                Bounds at = sceneToLocal(anchor.get().localToScene(anchor.get().getBoundsInLocal()));
                x = Math.max(MARGIN, Math.min(at.getMinX(), getWidth() - w - MARGIN));
                y = Math.max(MARGIN, Math.min(at.getMaxY() + 4, getHeight() - h - MARGIN));
            }
            child.resizeRelocate(Math.round(x), Math.round(y), Math.ceil(w), Math.ceil(h));
        }
    }
}
