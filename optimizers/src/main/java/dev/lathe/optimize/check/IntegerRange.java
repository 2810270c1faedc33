package dev.lathe.optimize.check;

import dev.lathe.core.JobContext;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.optimize.rewrite.Constants;
import dev.lathe.optimize.rewrite.Elements;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;

/// What whole numbers the inputs of a model may be, read from what the graph does with them: an index into a
/// table stays below its rows, a number that is compared with constants is one of these, a mask is all ones.
final class IntegerRange {
    /// From `low` to `high`, both included.
    record Range(long low, long high) {
        long pick(SplittableRandom random) {
            return low + random.nextLong(high - low + 1);
        }
    }

    private static final Range ZERO_OR_ONE = new Range(0, 1);
    private static final Set<String> PASSED_THROUGH =
            Set.of("Cast", "Unsqueeze", "Squeeze", "Reshape", "Identity", "Expand", "Slice", "Flatten", "Transpose");

    private final Model model;
    private final Constants constants;
    private final Analysis analysis;

    private IntegerRange(Model model, Constants constants, Analysis analysis) {
        this.model = model;
        this.constants = constants;
        this.analysis = analysis;
    }

    static IntegerRange of(Model model, JobContext job) {
        return new IntegerRange(model, Constants.of(model), Analysis.of(model, DimBindings.NONE, job));
    }

    Range find(ValueId input) {
        if (model.graph().nameOf(input).toLowerCase(java.util.Locale.ROOT).contains("mask")) {
            return new Range(1, 1);
        }
        Deque<ValueId> open = new ArrayDeque<>(List.of(input));
        Set<ValueId> seen = new HashSet<>();
        Optional<Range> found = Optional.empty();
        while (!open.isEmpty() && found.isEmpty()) {
            ValueId at = open.remove();
            if (seen.add(at)) {
                for (Node n : model.graph().consumers(at)) {
                    if (found.isEmpty()) {
                        found = asked(n, at);
                    }
                    if (PASSED_THROUGH.contains(n.op()) && n.input(0).equals(at)) {
                        open.add(n.output(0));
                    }
                }
            }
        }
        return found.orElse(ZERO_OR_ONE);
    }

    private Optional<Range> asked(Node n, ValueId value) {
        if (n.op().equals("Gather") && n.input(1).equals(value)) {
            OptionalLong rows = extent(n.input(0), n.attrs().intOr("axis", 0));
            return rows.isPresent() && rows.getAsLong() > 0
                    ? Optional.of(new Range(0, rows.getAsLong() - 1))
                    : Optional.empty();
        }
        if (n.op().equals("Equal")) {
            ValueId other = n.input(n.input(0).equals(value) ? 1 : 0);
            return constants
                    .find(other)
                    .flatMap(Elements::longs)
                    .filter(v -> v.length > 0)
                    .map(v -> new Range(v[0], v[0]));
        }
        return Optional.empty();
    }

    private OptionalLong extent(ValueId table, long axis) {
        Shape shape = constants
                .find(table)
                .map(t -> t.shape())
                .orElseGet(() -> analysis.type(table).shape());
        if (!(shape instanceof Shape.Ranked(List<dev.lathe.graph.Dim> dims))) {
            return OptionalLong.empty();
        }
        long at = axis < 0 ? axis + dims.size() : axis;
        return at >= 0 && at < dims.size() ? dims.get((int) at).fixed() : OptionalLong.empty();
    }
}
