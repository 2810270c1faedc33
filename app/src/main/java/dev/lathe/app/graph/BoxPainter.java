package dev.lathe.app.graph;

import dev.lathe.app.graph.GraphLayout.Box;
import dev.lathe.app.graph.ScopeTree.Item;
import dev.lathe.app.graph.ScopeTree.Scope;
import dev.lathe.app.ui.Heat;
import dev.lathe.app.ui.Palette;
import java.util.List;
import java.util.Optional;

/// Draws boxes one by one: inputs and outputs, closed blocks, layers and nodes.
final class BoxPainter {
    /// How far from the edge of the canvas words begin.
    private static final double EDGE = 6;

    private final Brush b;
    private final Ornaments ornaments;

    BoxPainter(Brush brush) {
        b = brush;
        ornaments = new Ornaments(brush);
    }

    void box(Box box, CostOverlay cost, Sight in) {
        switch (box.kind()) {
            case INPUT, OUTPUT -> pill(box, in);
            case BLOCK -> block(box, cost, in);
            case LAYER, NODE -> leaf(box, cost, in);
            case GROUP -> {}
        }
    }

    private void pill(Box box, Sight in) {
        double z = in.zoom();
        double x = in.x(box.x());
        double y = in.y(box.y());
        double w = box.w() * z;
        double h = box.h() * z;
        Palette p = b.palette;
        b.fill(x, y, w, h, h / 2, b.colour(p.pane()));
        b.border(x, y, w, h, h / 2, b.colour(in.hovered() == box.index() ? p.muted() : p.edge()), 1);
        if (!in.detail().atLeast(Detail.TITLES)) {
            return;
        }
        double middle = y + h / 2;
        // Of a pill that the left edge cuts the name moves into sight.
        double from = Math.max(x + 11 * z, Math.min(EDGE, x + w - 11 * z));
        double inner = x + w - 11 * z - from;
        if (in.detail() == Detail.ALL && !box.detail().isEmpty()) {
            double s = in.text(10);
            b.textRight(box.detail(), x + w - 11 * z, middle, s, false, p.muted());
            inner -= b.width(box.detail(), s, false) + 10 * z;
        }
        b.text(box.title(), from, middle, in.text(11), false, p.text(), inner);
    }

    private void block(Box box, CostOverlay cost, Sight in) {
        double z = in.zoom();
        double x = in.x(box.x());
        double y = in.y(box.y());
        double w = box.w() * z;
        double h = box.h() * z;
        Palette p = b.palette;
        Optional<Item> item = cost.item(box);
        Optional<Integer> category = cost.by.isHeat() ? Optional.empty() : item.flatMap(cost::category);
        int fill = category.map(c -> Heat.mix(p.block(), Palette.category(c), p.dark() ? 0.16 : 0.14))
                .orElse(p.block());
        b.solid();
        b.fill(x, y, w, h, 4, b.colour(fill));
        int line = category.map(Palette::category).orElse(in.hovered() == box.index() ? p.edge() : p.border());
        b.border(x, y, w, h, 4, b.colour(line), 1);
        category.ifPresent(c -> b.fill(x, y, Math.max(2, 4 * z), h, 1, b.colour(Palette.category(c))));
        List<CostOverlay.Piece> pieces = item.filter(Scope.class::isInstance)
                .map(i -> cost.strip((Scope) i))
                .orElse(List.of());
        if (in.detail() == Detail.BLOCKS) {
            ornaments.strip(pieces, x + 2, y + h * 0.5, w - 4, Math.max(2, h * 0.3));
            return;
        }
        double pad = 10 * z;
        if (pieces.isEmpty()) {
            ornaments.emptyStrip(x + pad, y + h - 11 * z, w - 2 * pad, 5 * z);
        } else {
            ornaments.strip(pieces, x + pad, y + h - 11 * z, w - 2 * pad, 5 * z);
        }
        double middle = y + 14 * z;
        ornaments.chevron(x + 13 * z, middle, false, z);
        double right = x + w - pad;
        double size = in.detail().atLeast(Detail.TITLES) ? in.text(12) : 11;
        if (in.detail() == Detail.ALL) {
            String share = item.map(cost::share).orElse("");
            b.textRight(share, right, middle, in.text(11), false, p.strong());
            right -= Math.max(44 * z, b.width(share, in.text(11), false) + 12 * z);
            double left = x + 24 * z + b.width(box.title(), size, true) + 8 * z;
            String detail = fitting(box.detail(), in.text(10), right - left);
            b.textRight(detail, right, middle, in.text(10), false, p.muted());
            right -= detail.isEmpty() ? 0 : b.width(detail, in.text(10), false) + 8 * z;
        }
        b.text(box.title(), x + 24 * z, middle, size, true, p.strong(), right - x - 24 * z);
    }

    private void leaf(Box box, CostOverlay cost, Sight in) {
        double z = in.zoom();
        double x = in.x(box.x());
        double y = in.y(box.y());
        double w = box.w() * z;
        double h = box.h() * z;
        Palette p = b.palette;
        Optional<Item> item = cost.item(box);
        Optional<Integer> fill = item.flatMap(cost::fill);
        int ground = fill.orElse(p.block());
        b.solid();
        b.fill(x, y, w, h, 4, b.colour(ground));
        if (fill.isEmpty()) {
            b.dashes(4, 3);
        }
        int line = fill.isPresent() ? b.edgeOf(ground) : p.edge();
        b.border(x, y, w, h, 4, b.colour(in.hovered() == box.index() ? b.edgeOf(line) : line), 1);
        b.solid();
        if (!in.detail().atLeast(Detail.TITLES)) {
            return;
        }
        int ink = fill.isPresent() ? Heat.inkOn(ground) : p.text();
        double pad = 8 * z;
        if (in.detail() != Detail.ALL) {
            b.text(
                    tail(box.title(), in.text(11), w - 2 * pad),
                    x + pad,
                    y + h / 2,
                    in.text(11),
                    true,
                    ink,
                    w - 2 * pad);
            return;
        }
        String share = item.map(cost::share).orElse("");
        double first = y + 12 * z;
        b.textRight(share, x + w - pad, first, in.text(10), false, ink);
        double room = w - 2 * pad - (share.isEmpty() ? 0 : b.width(share, in.text(10), false) + 6 * z);
        b.text(tail(box.title(), in.text(11), room), x + pad, first, in.text(11), true, ink, room);
        int quiet = fill.isPresent() ? Heat.mix(ground, ink, 0.86) : p.muted();
        b.text(box.detail(), x + pad, y + 26 * z, in.text(10), false, quiet, w - 2 * pad);
    }

    /// Of second words that are too long for what the name leaves them only the last, else none: a block is known by
    /// its name.
    private String fitting(String detail, double size, double room) {
        if (b.width(detail, size, false) <= room) {
            return detail;
        }
        String last = detail.substring(detail.lastIndexOf(" · ") + 1).replaceFirst("^· ", "");
        return b.width(last, size, false) <= room ? last : "";
    }

    /// Of a dotted name that is too long the end tells more.
    private String tail(String title, double size, double room) {
        String t = title;
        while (b.width(t, size, true) > room && t.indexOf('.', 1) > 0 && t.indexOf('.', 1) < t.length() - 2) {
            t = "…" + t.substring(t.indexOf('.', 1) + 1);
        }
        return t;
    }
}
