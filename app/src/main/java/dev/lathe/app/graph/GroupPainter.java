package dev.lathe.app.graph;

import dev.lathe.app.graph.GraphLayout.Box;
import dev.lathe.app.graph.ScopeTree.Item;
import dev.lathe.app.graph.ScopeTree.Scope;
import dev.lathe.app.ui.Numbers;
import dev.lathe.app.ui.Palette;
import java.util.Optional;
import javafx.scene.canvas.GraphicsContext;

/// Draws open blocks: a frame around what they hold, and a header with their name and cost.
final class GroupPainter {
    private final Brush b;
    private final GraphicsContext g;
    private final Ornaments ornaments;

    GroupPainter(Brush brush) {
        b = brush;
        g = brush.g;
        ornaments = new Ornaments(brush);
    }

    void group(Box box, CostOverlay cost, Sight in) {
        double z = in.zoom();
        double x = in.x(box.x());
        double y = in.y(box.y());
        double w = box.w() * z;
        double h = box.h() * z;
        Palette p = b.palette;
        b.solid();
        b.fill(x, y, w, h, 6, b.colour(p.dark() ? 0x0d1219 : 0xffffff, p.dark() ? 0.85 : 0.9));
        b.border(x, y, w, h, 6, b.colour(in.hovered() == box.index() ? p.edge() : p.border()), 1);
        if (!in.detail().atLeast(Detail.BOXES)) {
            return;
        }
        double header = 26 * z;
        double middle = y + Math.max(header, 14) / 2;
        if (in.detail().atLeast(Detail.TITLES)) {
            g.setStroke(b.colour(p.rule()));
            g.setLineWidth(1);
            g.strokeLine(Brush.snap(x + 1), Brush.snap(y + header), Brush.snap(x + w - 2), Brush.snap(y + header));
        }
        ornaments.chevron(x + 13 * z, middle, true, z);
        double size = in.detail().atLeast(Detail.TITLES) ? in.text(12) : 11;
        double right = x + w - 10 * z;
        Optional<Item> item = cost.item(box);
        String share = item.map(cost::share).orElse("");
        if (in.detail() == Detail.ALL && item.isPresent()) {
            String known = cost.total.isPresent() && !share.equals(Numbers.UNKNOWN) ? cost.words(item.get()) : share;
            b.textRight(known, right, middle, in.text(11), true, p.strong());
            right -= b.width(known, in.text(11), true) + 14 * z;
            if (item.get() instanceof Scope s && w > 420 * z && cost.total.isPresent()) {
                double sw = 150 * z;
                ornaments.strip(cost.strip(s), right - sw, middle - 3 * z, sw, 6 * z);
                right -= sw + 14 * z;
            }
        }
        double used = b.text(box.title(), x + 24 * z, middle, size, true, p.strong(), Math.max(0, right - x - 24 * z));
        if (in.detail() == Detail.ALL) {
            double at = x + 24 * z + used + 14 * z;
            b.text(box.detail(), at, middle, in.text(11), false, p.muted(), right - at);
        }
    }
}
