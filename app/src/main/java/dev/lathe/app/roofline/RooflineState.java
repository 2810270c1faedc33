package dev.lathe.app.roofline;

import dev.lathe.graph.DType;
import dev.lathe.profile.ceiling.Ceilings;
import dev.lathe.profile.cost.Roofline;
import java.util.List;
import java.util.Optional;

/// What the Roofline tab shows. `dots` are the layers that calculate, those that take longest first; `idle` layers took
/// time but do no arithmetic, or none that is known, and took `idleShare` of the run together.
public record RooflineState(
        boolean hasModel,
        boolean measured,
        List<RooflineDot> dots,
        int idle,
        double idleShare,
        Optional<Ceilings> ceilings) {
    static final RooflineState EMPTY = new RooflineState(false, false, List.of(), 0, 0, Optional.empty());

    public RooflineState {
        dots = List.copyOf(dots);
    }

    public Optional<Roofline> roof() {
        return ceilings.flatMap(Roofline::of);
    }

    /// The element types that layers compute with, in the order in which they take marks.
    public List<DType> dtypes() {
        return dots.stream().map(RooflineDot::dtype).distinct().sorted().toList();
    }
}
