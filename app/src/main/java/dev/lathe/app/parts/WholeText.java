package dev.lathe.app.parts;

import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;

/// Tells all of a text that is cut where it stands, on the pointer, wherever in the window that is.
///
/// One filter on the scene rather than a tooltip at each label: cells and headers that the toolkit makes are told too,
/// and a text that fits has no tooltip that repeats it.
public final class WholeText {
    private WholeText() {}

    public static void tellIn(Scene scene) {
        scene.addEventFilter(MouseEvent.MOUSE_ENTERED_TARGET, e -> {
            if (e.getTarget() instanceof Node node) {
                tell(node);
            }
        });
    }

    /// What has a tooltip of its own keeps it.
    static void tell(Node pointed) {
        for (Node n = pointed; n != null; n = n.getParent()) {
            if (n instanceof Labeled text) {
                boolean ours = text.getTooltip() instanceof Whole;
                if (text.isTextTruncated() && (ours || text.getTooltip() == null)) {
                    text.setTooltip(new Whole(text.getText()));
                } else if (ours) {
                    text.setTooltip(null);
                }
                return;
            }
        }
    }

    private static final class Whole extends Tooltip {
        Whole(String text) {
            super(text);
        }
    }
}
