package dev.lathe.profile.input;

import dev.lathe.graph.Dim;
import dev.lathe.graph.Node;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.analyze.Analysis;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/// What an input must be so that the nodes which it steers have something to do: a Loop turns, each branch of an If
/// is taken in its turn, what is split or reshaped keeps all of its elements. A run in which they do nothing would
/// measure nothing, and two models would look equal that are not.
final class Steering {
    /// Enough for a state to be carried on twice, few enough to be quick.
    private static final long TRIPS = 3;

    private static final long KEPT_OF_TOP = 2;

    private final Analysis analysis;
    private Optional<Long> trips = Optional.empty();
    private Optional<Filling> start = Optional.empty();
    private List<Filling> branches = List.of();
    private Optional<Filling> sizes = Optional.empty();

    Steering(Analysis analysis) {
        this.analysis = analysis;
    }

    /// The node gets `scale · input + offset` as its input number `index`.
    void see(Node n, int index, double scale, double offset) {
        switch (n.op()) {
            case "Loop" -> {
                if (index == 0 && scale > 0) {
                    trips = Optional.of(Math.max(0, (long) Math.ceil((TRIPS - offset) / scale)));
                } else if (index == 1) {
                    start = Optional.of(new Filling.Same((1 - offset) / scale));
                }
            }
            case "If" ->
                branches = List.of(new Filling.Same((0 - offset) / scale), new Filling.Same((1 - offset) / scale));
            default -> {
                if (scale == 1 && offset == 0) {
                    sizes(n, index).ifPresent(f -> sizes = Optional.of(f));
                }
            }
        }
    }

    /// What the input may be, one after the other from seed to seed; none where it steers nothing.
    ///
    /// @param extent of what it is an index into too: a Loop counts its body's rows
    List<Filling> turns(OptionalLong extent) {
        if (trips.isPresent()) {
            return List.of(new Filling.Same(Math.min(trips.get(), extent.orElse(Long.MAX_VALUE))));
        }
        return start.map(List::of)
                .orElse(branches.isEmpty() ? sizes.map(List::of).orElse(List.of()) : branches);
    }

    private Optional<Filling> sizes(Node n, int index) {
        return switch (n.op()) {
            case "Reshape" -> index == 1 ? Optional.of(reshaped(n)) : Optional.empty();
            case "Resize" ->
                index == 2
                        ? Optional.of(new Filling.Same(1))
                        : index == 3 ? dims(n.input(0)).map(Filling.Listed::new) : Optional.empty();
            case "Upsample" -> index == 1 ? Optional.of(new Filling.Same(1)) : Optional.empty();
            case "Split" -> index == 1 ? split(n) : Optional.empty();
            case "TopK" ->
                index == 1
                        ? dims(n.input(0))
                                .flatMap(d -> axis(d, n.attrs().intOr("axis", -1)))
                                .map(e -> new Filling.Same(Math.min(KEPT_OF_TOP, e)))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    /// The shape that the data has, or everything along the last axis of as many as are asked for.
    private Filling reshaped(Node n) {
        Optional<Long> rank = dims(n.input(1)).filter(d -> d.size() == 1).map(List::getFirst);
        Optional<List<Long>> same =
                dims(n.input(0)).filter(d -> rank.map(r -> r == d.size()).orElse(false));
        if (same.isPresent()) {
            return new Filling.Listed(same.get());
        }
        int count = Math.toIntExact(Math.clamp(rank.orElse(1L), 1, 64));
        return new Filling.Listed(LongStream.range(0, count)
                .map(i -> i == count - 1 ? -1 : 1)
                .boxed()
                .toList());
    }

    /// Parts as equal as they can be.
    private Optional<Filling> split(Node n) {
        long parts = n.outputs().size();
        return dims(n.input(0))
                .flatMap(d -> axis(d, n.attrs().intOr("axis", 0)))
                .map(extent -> {
                    List<Long> each = new ArrayList<>();
                    for (long i = 0; i < parts; i++) {
                        each.add(extent / parts + (i < extent % parts ? 1 : 0));
                    }
                    return new Filling.Listed(each);
                });
    }

    private static Optional<Long> axis(List<Long> dims, long axis) {
        long at = axis < 0 ? axis + dims.size() : axis;
        return at >= 0 && at < dims.size() ? Optional.of(dims.get((int) at)) : Optional.empty();
    }

    /// Empty where one is not known.
    private Optional<List<Long>> dims(ValueId value) {
        if (!(analysis.type(value).shape() instanceof Shape.Ranked(List<Dim> dims))
                || !dims.stream().allMatch(d -> d.fixed().isPresent())) {
            return Optional.empty();
        }
        return Optional.of(dims.stream().map(d -> d.fixed().getAsLong()).toList());
    }
}
