package dev.lathe.app.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Rectangle2D;

/// What of a part of the canvas is taken by blocks, legend, map and other plates: finds where one more can lie.
final class PlateRoom {
    private static final double AIR = 6;
    private static final double STEP = 8;

    private final List<Rectangle2D> taken;

    PlateRoom(List<Rectangle2D> taken) {
        this.taken = new ArrayList<>(taken);
    }

    void take(Rectangle2D plate) {
        taken.add(plate);
    }

    boolean isFree(Rectangle2D plate) {
        return taken.stream()
                .noneMatch(t -> t.getMinX() - AIR < plate.getMaxX()
                        && t.getMaxX() + AIR > plate.getMinX()
                        && t.getMinY() < plate.getMaxY()
                        && t.getMaxY() > plate.getMinY());
    }

    /// Where a plate of one of these widths can lie in the area: in its first row the widest first, at the left before
    /// the right, then in the rows below.
    ///
    /// @param widths of the plate's forms, the preferred form first
    Optional<Spot> find(Rectangle2D area, List<Double> widths, double height) {
        for (double y = area.getMinY(); y + height <= area.getMaxY(); y += STEP) {
            for (int form = 0; form < widths.size(); form++) {
                double w = widths.get(form);
                for (double x : new double[] {area.getMinX(), area.getMaxX() - w}) {
                    if (x >= area.getMinX() && isFree(new Rectangle2D(x, y, w, height))) {
                        return Optional.of(new Spot(form, x, y));
                    }
                }
            }
        }
        return Optional.empty();
    }

    /// @param form which of the widths it is
    record Spot(int form, double x, double y) {}
}
