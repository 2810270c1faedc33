package dev.lathe.app.shell;

import javafx.application.Platform;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;

/// The panes around the graph: variants over outline at the left, the inspector at the right, the tabs below. Their
/// sizes are the user's, remembered in pixels.
public final class WorkArea extends SplitPane {
    private static final double LEFT = 280;
    private static final double RIGHT = 320;
    private static final double BOTTOM = 252;
    private static final double VARIANTS = 222;

    private final Settings settings;
    private final SplitPane upper;
    private final SplitPane left;
    private final Region inspector;
    private final Region tabs;
    private double placedWidth;
    private double placedHeight;

    public WorkArea(Settings settings, Region variants, Region outline, Node centre, Region inspector, Region tabs) {
        this.settings = settings;
        this.inspector = inspector;
        this.tabs = tabs;
        left = new SplitPane(variants, outline);
        left.setOrientation(Orientation.VERTICAL);
        upper = new SplitPane(left, centre, inspector);
        setOrientation(Orientation.VERTICAL);
        getItems().setAll(upper, tabs);
        for (Region r : new Region[] {variants, outline, left, inspector}) {
            r.setMinSize(0, 0);
        }
        visibleProperty().addListener((o, before, now) -> requestLayout());
        // Where the user has let a divider go is where it stays when the window gets another size.
        addEventFilter(MouseEvent.MOUSE_RELEASED, e -> Platform.runLater(this::remember));
        SplitPane.setResizableWithParent(variants, false);
        SplitPane.setResizableWithParent(left, false);
        SplitPane.setResizableWithParent(inspector, false);
        SplitPane.setResizableWithParent(tabs, false);
    }

    @Override
    protected void layoutChildren() {
        boolean resized = getWidth() != placedWidth || getHeight() != placedHeight;
        if (resized && isVisible() && getWidth() > 600 && getHeight() > 300) {
            placedWidth = getWidth();
            placedHeight = getHeight();
            // Now, so that the graph is fitted into the size it will have; and after this layout, because within it the
            // panes' shares of the old size win.
            place();
            Platform.runLater(this::place);
        }
        super.layoutChildren();
    }

    private void place() {
        double w = getWidth();
        double h = getHeight();
        setDividerPosition(0, 1 - bounded("size.bottom", BOTTOM, 0.8 * h) / h);
        upper.setDividerPosition(0, bounded("size.left", LEFT, 0.4 * w) / w);
        upper.setDividerPosition(1, 1 - bounded("size.right", RIGHT, 0.4 * w) / w);
        // The left pane gets its own height only with the next layout.
        Platform.runLater(() -> {
            double height = left.getHeight();
            if (height > 0) {
                left.setDividerPosition(0, bounded("size.variants", VARIANTS, 0.8 * height) / height);
            }
        });
    }

    private double bounded(String key, double otherwise, double most) {
        return Math.clamp(settings.number(key, otherwise), 60, Math.max(61, most));
    }

    /// Puts the present sizes into the settings.
    public void remember() {
        if (placedWidth > 0 && getWidth() > 600) {
            settings.set("size.left", left.getWidth());
            settings.set("size.right", inspector.getWidth());
            settings.set("size.bottom", tabs.getHeight());
            settings.set("size.variants", left.getDividerPositions()[0] * left.getHeight());
        }
    }
}
