package dev.lathe.app.shell;

import javafx.application.Platform;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;
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
    private boolean placed;

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
        SplitPane.setResizableWithParent(variants, false);
        SplitPane.setResizableWithParent(left, false);
        SplitPane.setResizableWithParent(inspector, false);
        SplitPane.setResizableWithParent(tabs, false);
    }

    @Override
    protected void layoutChildren() {
        super.layoutChildren();
        if (!placed && getWidth() > 600 && getHeight() > 300) {
            placed = true;
            place();
        }
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
        if (placed && getWidth() > 600) {
            settings.set("size.left", left.getWidth());
            settings.set("size.right", inspector.getWidth());
            settings.set("size.bottom", tabs.getHeight());
            settings.set("size.variants", left.getDividerPositions()[0] * left.getHeight());
        }
    }
}
