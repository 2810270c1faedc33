package dev.lathe.graph.analyze;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimTerms;
import dev.lathe.graph.Model;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.op.Items;
import dev.lathe.graph.op.Known;
import dev.lathe.graph.op.Quotient;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;

/// How many names and numbers inference follows in one model: those in formulas of sizes, those that are in tensors,
/// and axes where a shape has many. One line of a file may make a thousand of them (a Range), and a file has thousands
/// of lines. Where they are used up, further formulas, contents and long shapes are unknown.
///
/// What several values share counts once.
final class FactBudget {
    private static final long LEAST = 200_000;
    private static final long TIMES_THE_VALUES = 50;
    /// Shapes of so few axes, which are all that models have, take no more than what else is kept of a value.
    private static final int FEW_AXES = 16;

    /// What was counted: formulas, long shapes, and lists of what is in a tensor, each by its identity.
    private final Set<Object> counted = Collections.newSetFromMap(new IdentityHashMap<>());

    private long left;

    FactBudget(Model model) {
        long[] values = {0};
        model.graph().forEachGraph(g -> values[0] += g.values().size());
        model.functions()
                .forEach(f -> f.body().forEachGraph(g -> values[0] += g.values().size()));
        left = Math.max(LEAST, TIMES_THE_VALUES * values[0]);
    }

    boolean isLeft() {
        return left >= 0;
    }

    /// What may be known of a value: all of it, or what is left of it without that for which there is no room.
    Known within(Known known) {
        ValueType type = Types.mapShapes(known.type(), this::within);
        Optional<List<Dim>> elements = known.elements().filter(e -> takes(e, FactBudget::namesAndNumbers));
        Optional<List<Double>> fractions = known.fractions().filter(f -> takes(f, List::size));
        Optional<Items> items =
                known.items().filter(i -> i.each().isEmpty() || takes(i.each().get(), FactBudget::ofTypes));
        Optional<List<Quotient>> quotients = known.quotients().filter(q -> takes(q, FactBudget::ofQuotients));
        return type == known.type()
                        && elements.isPresent() == known.elements().isPresent()
                        && fractions.isPresent() == known.fractions().isPresent()
                        && items.isPresent() == known.items().isPresent()
                        && quotients.isPresent() == known.quotients().isPresent()
                ? known
                : new Known(type, elements, fractions, items, quotients);
    }

    private Shape within(Shape shape) {
        return longAxes(shape) == 0 || takes(shape, FactBudget::longAxes)
                ? Types.mapDims(shape, this::within)
                : Shape.unranked();
    }

    private static int longAxes(Shape shape) {
        int rank = shape.rank().orElse(0);
        return rank > FEW_AXES ? rank : 0;
    }

    private static long ofTypes(List<ValueType> all) {
        long sum = all.size();
        for (ValueType t : all) {
            sum += longAxes(t.shape());
        }
        return sum;
    }

    private Dim within(Dim size) {
        return size instanceof Dim.Expr && !takes(size, DimTerms::count) ? Dim.unknown() : size;
    }

    private <T> boolean takes(T part, ToLongFunction<T> amount) {
        if (left >= 0 && counted.add(part)) {
            left -= amount.applyAsLong(part);
            return true;
        }
        return counted.contains(part);
    }

    private static long namesAndNumbers(List<Dim> elements) {
        long sum = 0;
        for (Dim d : elements) {
            sum += DimTerms.count(d);
        }
        return sum;
    }

    private static long ofQuotients(List<Quotient> all) {
        long sum = 0;
        for (Quotient q : all) {
            sum += DimTerms.count(q.numerator());
        }
        return sum;
    }
}
