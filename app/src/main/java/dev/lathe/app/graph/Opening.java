package dev.lathe.app.graph;

import dev.lathe.app.graph.GraphLayout.Box;
import dev.lathe.app.graph.GraphLayout.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The short movement from one layout to the next: boxes glide from where they were to where they are.
final class Opening {
    private static final double NANOS = 160e6;

    private List<Box> from = List.of();
    private long began = -1;

    /// @param dx how far the old layout lies to the right of the new one, in layout units
    void begin(GraphLayout old, GraphLayout next, double dx, double dy) {
        from = places(old, next, dx, dy);
        began = 0;
    }

    /// Everything stands where it belongs.
    void end() {
        from = List.of();
        began = -1;
    }

    boolean runs() {
        return began >= 0;
    }

    /// How far it has come, 0…1.
    double at(long now) {
        if (began < 0) {
            return 1;
        }
        began = began == 0 ? now : began;
        double t = Math.min(1, (now - began) / NANOS);
        began = t >= 1 ? -1 : began;
        return t;
    }

    /// Where the boxes are when it has come this far.
    List<Box> boxes(List<Box> to, double part) {
        if (part >= 1 || from.size() != to.size()) {
            return to;
        }
        List<Box> moving = new ArrayList<>(to.size());
        for (int i = 0; i < to.size(); i++) {
            Box a = from.get(i);
            Box b = to.get(i);
            moving.add(moved(
                    b,
                    a.x() + (b.x() - a.x()) * part,
                    a.y() + (b.y() - a.y()) * part,
                    a.w() + (b.w() - a.w()) * part,
                    a.h() + (b.h() - a.h()) * part));
        }
        return moving;
    }

    /// Where the boxes of the next layout come from: their old place, or that of the block they were in.
    private static List<Box> places(GraphLayout old, GraphLayout next, double dx, double dy) {
        List<Box> out = new ArrayList<>(next.boxes().size());
        Map<Integer, Box> pills = new HashMap<>();
        for (Box b : old.boxes()) {
            b.value().ifPresent(v -> pills.put(v.index() * 2 + (b.kind() == Kind.OUTPUT ? 1 : 0), b));
        }
        for (Box b : next.boxes()) {
            Box was = null;
            if (b.value().isPresent()) {
                was = pills.get(b.value().get().index() * 2 + (b.kind() == Kind.OUTPUT ? 1 : 0));
            } else {
                Box at = b;
                Integer known = old.byPath().get(b.path());
                while (known == null && at.parent() >= 0) {
                    at = next.boxes().get(at.parent());
                    known = old.byPath().get(at.path());
                }
                was = known == null ? null : old.boxes().get(known);
            }
            out.add(was == null ? b : moved(b, was.x() - dx, was.y() - dy, was.w(), was.h()));
        }
        return out;
    }

    private static Box moved(Box b, double x, double y, double w, double h) {
        return new Box(b.index(), b.kind(), b.path(), b.title(), b.detail(), b.value(), b.parent(), x, y, w, h);
    }
}
