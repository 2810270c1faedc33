package dev.lathe.app.shell;

import java.util.List;
import javafx.application.Platform;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;

/// A split pane whose outer parts keep their size in pixels when it gets another size. What the user makes of them is
/// remembered.
///
/// JavaFX keeps shares, or the sizes that the parts happened to have last; after a narrow moment those are not what the
/// user chose.
public final class PixelSplit extends SplitPane {
    /// What the style sheet makes a divider: 1 px to see, 6 px to grab.
    private static final double DIVIDER = 6;

    private static final double LEAST = 60;

    /// A part of which the size is kept: before divider `divider`, or after it when it is the last.
    ///
    /// @param otherwise its size as long as the user made it no other
    /// @param share the largest share of the whole that it takes of itself: in a small window the graph comes first
    /// @param most the largest share of the whole that the user may give it
    record Kept(Region part, int divider, boolean last, String key, double otherwise, double share, double most) {}

    private final Settings settings;
    private final List<Kept> kept;
    private final double leastSize;
    private double placed;

    PixelSplit(Settings settings, Orientation orientation, double leastSize, List<Kept> kept, Node... parts) {
        super(parts);
        this.settings = settings;
        this.kept = List.copyOf(kept);
        this.leastSize = leastSize;
        setOrientation(orientation);
        kept.forEach(k -> SplitPane.setResizableWithParent(k.part(), false));
        addEventFilter(MouseEvent.MOUSE_RELEASED, e -> {
            if (e.getTarget() instanceof Node n && n.getStyleClass().contains("split-pane-divider")) {
                Platform.runLater(this::remember);
            }
        });
    }

    private double size(Region of) {
        return getOrientation() == Orientation.VERTICAL ? of.getHeight() : of.getWidth();
    }

    @Override
    protected void layoutChildren() {
        double size = size(this);
        if (size != placed && size > leastSize) {
            placed = size;
            // The first layout at a new size moves the dividers by shares; so they are placed after it, and it is done
            // again. All in one, so that what lies inside is fitted into the size that it will have.
            place(size);
            super.layoutChildren();
            place(size);
        }
        super.layoutChildren();
    }

    private void place(double size) {
        for (Kept k : kept) {
            double share = (wanted(k, size) + DIVIDER / 2) / size;
            setDividerPosition(k.divider(), k.last() ? 1 - share : share);
        }
    }

    private double wanted(Kept k, double size) {
        return Math.clamp(
                settings.number(k.key(), Math.min(k.otherwise(), k.share() * size)),
                LEAST,
                Math.max(LEAST + 1, k.most() * size));
    }

    /// Only what the user moved: in a small window the others are smaller than what is wanted.
    private void remember() {
        layout(); // the last move of the mouse may not have been laid out yet
        for (Kept k : kept) {
            if (Math.abs(size(k.part()) - wanted(k, size(this))) > 1) {
                settings.set(k.key(), size(k.part()));
            }
        }
    }
}
