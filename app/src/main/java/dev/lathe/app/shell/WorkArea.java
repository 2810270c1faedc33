package dev.lathe.app.shell;

import dev.lathe.app.shell.PixelSplit.Kept;
import java.util.List;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/// The panes around the graph: variants over outline at the left, the inspector at the right, the tabs below. Their
/// sizes are the user's, remembered in pixels.
public final class WorkArea extends StackPane {
    private static final double LEFT = 280;
    private static final double RIGHT = 320;
    private static final double BOTTOM = 252;
    private static final double VARIANTS = 222;
    /// Below these the window is being made or taken away.
    private static final double LEAST_WIDTH = 600;

    private static final double LEAST_HEIGHT = 300;

    public WorkArea(Settings settings, Region variants, Region outline, Node centre, Region inspector, Region tabs) {
        SplitPane left = new PixelSplit(
                settings,
                Orientation.VERTICAL,
                0,
                List.of(new Kept(variants, 0, false, "size.variants", VARIANTS, 0.42, 0.8)),
                variants,
                outline);
        SplitPane upper = new PixelSplit(
                settings,
                Orientation.HORIZONTAL,
                LEAST_WIDTH,
                List.of(
                        new Kept(left, 0, false, "size.left", LEFT, 0.26, 0.4),
                        new Kept(inspector, 1, true, "size.right", RIGHT, 0.26, 0.4)),
                left,
                centre,
                inspector);
        for (Region r : new Region[] {variants, outline, left, inspector, upper}) {
            r.setMinSize(0, 0);
        }
        getChildren()
                .add(new PixelSplit(
                        settings,
                        Orientation.VERTICAL,
                        LEAST_HEIGHT,
                        List.of(new Kept(tabs, 0, true, "size.bottom", BOTTOM, 0.31, 0.8)),
                        upper,
                        tabs));
    }
}
