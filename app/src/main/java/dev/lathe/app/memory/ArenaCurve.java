package dev.lathe.app.memory;

import java.util.List;

/// What the engine's arena held for tensors at the end of each kernel, by the position of the kernel's last node: above
/// what it held before, which is weights and what the engine keeps.
///
/// @param peak the most of it, with kernels that no node stands for
/// @param all the most that the arena had given out, with weights and what it rounds up
public record ArenaCurve(List<Point> points, long peak, long all) {
    public record Point(int position, long bytes) {}

    public ArenaCurve {
        points = List.copyOf(points);
    }
}
