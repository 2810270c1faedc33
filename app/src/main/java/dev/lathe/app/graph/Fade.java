package dev.lathe.app.graph;

import java.util.Optional;

/// The short change from one colouring of the graph to the next.
final class Fade {
    private static final double NANOS = 120e6;

    private Optional<CostOverlay> to = Optional.empty();
    private long began;

    /// Both must be of the same blocks.
    void begin(CostOverlay from, CostOverlay next) {
        end();
        next.fadeFrom(from);
        to = Optional.of(next);
        began = 0;
    }

    /// The new colours at once.
    void end() {
        to.ifPresent(c -> c.faded(1));
        to = Optional.empty();
    }

    boolean runs() {
        return to.isPresent();
    }

    void step(long now) {
        if (to.isPresent()) {
            began = began == 0 ? now : began;
            double part = Math.min(1, (now - began) / NANOS);
            to.get().faded(part);
            to = part >= 1 ? Optional.empty() : to;
        }
    }
}
