package dev.lathe.optimize.simplify;

import dev.lathe.core.JobContext;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.Shape;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.optimize.rewrite.Constants;
import dev.lathe.optimize.rewrite.Elements;
import java.util.List;
import java.util.Optional;

/// What the rules of one round know about a model: its constants and the types of its values, with no
/// dimension bound (a simplified model serves every size that the original served).
record Facts(Model model, Constants constants, Analysis analysis) {
    static Facts of(Model model, JobContext job) {
        return new Facts(model, Constants.of(model), Analysis.of(model, DimBindings.NONE, job));
    }

    ValueType type(ValueId id) {
        return constants.find(id).map(Tensor::type).orElseGet(() -> analysis.type(id));
    }

    /// The dimensions, where each is fixed or named; empty as soon as one is unknown.
    Optional<List<Dim>> dims(ValueId id) {
        return type(id).shape() instanceof Shape.Ranked(List<Dim> dims)
                        && dims.stream().noneMatch(Facts::unknown)
                ? Optional.of(dims)
                : Optional.empty();
    }

    private static boolean unknown(Dim dim) {
        return switch (dim) {
            case Dim.Unknown u -> true;
            case Dim.Fixed f -> false;
            case Dim.Symbol s -> false;
            case Dim.Expr(Dim.Op op, Dim left, Dim right) -> unknown(left) || unknown(right);
        };
    }

    boolean sameShape(ValueId a, ValueId b) {
        Optional<List<Dim>> dims = dims(a);
        return dims.isPresent() && dims.equals(dims(b));
    }

    Optional<long[]> longs(ValueId id) {
        return constants.find(id).flatMap(Elements::longs);
    }

    /// The permutation of a Transpose; without the attribute the dimensions are reversed, if their number is known.
    Optional<List<Long>> permutation(Node transpose) {
        return transpose.attrs().ints("perm").or(() -> {
            var rank = type(transpose.input(0)).shape().rank();
            if (rank.isEmpty()) {
                return Optional.empty();
            }
            List<Long> reversed = new java.util.ArrayList<>();
            for (long i = rank.getAsInt() - 1L; i >= 0; i--) {
                reversed.add(i);
            }
            return Optional.of(reversed);
        });
    }
}
