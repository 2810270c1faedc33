package dev.lathe.app.memory;

import java.util.List;
import java.util.OptionalLong;

/// What the engine's arena held for tensors at the end of each kernel, by the position of the kernel's last node: above
/// what it held before, which is weights and what the engine keeps.
///
/// @param peak the most of it, with kernels that no node stands for
/// @param all the most that the arena had given out, with weights and what it rounds up
/// @param workspace the most that a kernel took and gave back beside that, where the arena tells
public record ArenaCurve(List<Point> points, long peak, long all, OptionalLong workspace) {
    public record Point(int position, long bytes) {}

    public ArenaCurve {
        points = List.copyOf(points);
    }
}
