package dev.lathe.graph.op;

import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueType;
import java.util.List;
import java.util.Optional;

/// How often the body of a Loop runs: as often as its limit says only where no condition can end it before.
public final class Trips {
    /// What the condition that the body is given holds: it would not run otherwise. So where the body hands it on, in
    /// whatever way, what it returns is known to be true as well.
    static final Known GOING_ON =
            Known.of(ValueType.tensor(DType.BOOL, Shape.of())).withElements(List.of(Dim.of(1)));

    private Trips() {}

    /// @param limit the elements of M, where they are known
    /// @param first those of the condition that the loop begins with; true where there is none
    /// @param next those of the condition that the body returns
    public static Optional<Dim> of(Optional<List<Dim>> limit, Optional<List<Dim>> first, Optional<List<Dim>> next) {
        Optional<Boolean> begins = truth(first);
        if (begins.isEmpty()) {
            return Optional.empty();
        }
        if (!begins.get()) {
            return Optional.of(Dim.of(0));
        }
        // The usual "for ever" is no limit.
        Optional<Dim> most = limit.filter(e -> e.size() == 1)
                .map(List::getFirst)
                .filter(d -> d instanceof Dim.Symbol || d.fixed().orElse(-1) >= 0)
                .filter(d -> d.fixed().orElse(0) < Integer.MAX_VALUE);
        return truth(next)
                .flatMap(goesOn ->
                        goesOn ? most : most.filter(d -> d instanceof Dim.Fixed).map(Trips::atMostOne));
    }

    /// Whether the condition that a Loop begins with holds.
    static boolean isBegun(InferContext loop) {
        return !loop.has(1) || truth(loop.elements(1)).orElse(false);
    }

    /// Whether a Loop runs at least once, however often that is.
    static boolean isOneSure(InferContext loop) {
        boolean allowed = !loop.has(0)
                || loop.elements(0)
                        .filter(e -> e.size() == 1 && e.getFirst().fixed().orElse(0) > 0)
                        .isPresent();
        return isBegun(loop) && allowed;
    }

    private static Dim atMostOne(Dim most) {
        return Dim.of(Math.min(1, most.fixed().orElse(1)));
    }

    private static Optional<Boolean> truth(Optional<List<Dim>> condition) {
        return condition
                .filter(e -> e.size() == 1 && e.getFirst() instanceof Dim.Fixed)
                .map(e -> e.getFirst().fixed().orElseThrow() != 0);
    }
}
