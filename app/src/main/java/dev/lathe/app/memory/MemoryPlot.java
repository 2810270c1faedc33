package dev.lathe.app.memory;

import dev.lathe.app.live.ValueRange;
import java.util.Optional;

/// Where things lie in the chart: positions in the execution order go right, bytes up.
record MemoryPlot(double left, double top, double width, double height, int nodes, double most, double step) {

    /// @param process whether weights and the process have room, too
    static MemoryPlot of(MemoryState s, boolean process, double left, double top, double width, double height) {
        double most = Math.max(1, s.predictedPeak());
        for (MemoryBlock b : s.blocks()) {
            most = Math.max(most, b.offset() + b.bytes());
        }
        most = Math.max(most, s.arena().map(ArenaCurve::peak).orElse(0L));
        if (process) {
            most = Math.max(most, Math.max(s.weights().orElse(0), s.resident().orElse(0)));
        }
        double unit = unit(most);
        double step = ValueRange.niceStep(most / unit / 4) * unit;
        return new MemoryPlot(
                left, top, width, height, Math.max(1, s.nodes()), Math.ceil(most * 1.02 / step) * step, step);
    }

    /// Ticks are round in the unit in which they are told.
    private static double unit(double most) {
        double unit = 1;
        while (most / unit >= 1024) {
            unit *= 1024;
        }
        return unit;
    }

    /// The left edge of a position; −1 is before the first node.
    double x(double position) {
        return left + width * (position + 1) / (nodes + 1);
    }

    double y(double bytes) {
        return top + height * (1 - Math.min(bytes, most) / most);
    }

    /// The block at a point of the canvas.
    Optional<MemoryBlock> at(double px, double py, MemoryState s) {
        return s.blocks().stream()
                .filter(b -> px >= x(b.from())
                        && px <= Math.max(x(b.to() + 1.0), x(b.from()) + 1)
                        && py <= y(b.offset())
                        && py >= y(b.offset() + b.bytes()))
                .findFirst();
    }
}
