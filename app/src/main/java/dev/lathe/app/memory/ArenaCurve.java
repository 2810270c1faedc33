package dev.lathe.app.memory;

import java.util.List;

/// What the engine's arena held at the end of each kernel of a profiled run, by the position of the kernel's last node:
/// above what it held before the run, which is weights and what the engine keeps.
public record ArenaCurve(List<Point> points, long peak, long before) {
    public record Point(int position, long bytes) {}

    public ArenaCurve {
        points = List.copyOf(points);
    }
}
