package dev.lathe.graph.op;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimTerms;
import dev.lathe.graph.ValueType;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What inference knows about a value: its type; for small tensors of whole numbers whose shape is fixed, the elements
/// in row-major order, each fixed, symbolic or unknown, which is how a shape computed by the graph itself is followed;
/// for tiny tensors of fractions, these in the same order, or the sizes that they are parts of; and for a list, what is
/// in it.
public record Known(
        ValueType type,
        Optional<List<Dim>> elements,
        Optional<List<Double>> fractions,
        Optional<Items> items,
        Optional<List<Quotient>> quotients) {
    public static final Known NOTHING = of(ValueType.unknown());

    /// Elements that are too many formulas are not known.
    public Known {
        elements = elements.filter(DimTerms::isContent);
    }

    public Known(ValueType type, Optional<List<Dim>> elements) {
        this(type, elements, Optional.empty(), Optional.empty());
    }

    public Known(
            ValueType type, Optional<List<Dim>> elements, Optional<List<Double>> fractions, Optional<Items> items) {
        this(type, elements, fractions, items, Optional.empty());
    }

    /// Whether this is a list without elements.
    public boolean isEmptyList() {
        return items.filter(i -> i.length().equals(Dim.of(0))).isPresent();
    }

    public static Known of(ValueType type) {
        return new Known(type, Optional.empty());
    }

    /// The same content with another type.
    public Known withType(ValueType other) {
        return other == type ? this : new Known(other, elements, fractions, items, quotients);
    }

    public Known withElements(List<Dim> all) {
        return new Known(type, Optional.of(all), fractions, items);
    }

    public Known withItems(Items all) {
        return new Known(type, elements, fractions, Optional.of(all));
    }

    /// These parts of sizes in place of elements that are not known.
    public Known withQuotients(List<Quotient> all) {
        return new Known(type, elements, fractions, items, Optional.of(all));
    }

    /// With every dimension in the content (not in the type) changed.
    public Known mapContent(UnaryOperator<Dim> dim, UnaryOperator<ValueType> item) {
        return new Known(
                type,
                elements.map(e -> e.stream().map(dim).toList()),
                fractions,
                items.map(i -> new Items(
                        dim.apply(i.length()),
                        i.each().map(e -> e.stream().map(item).toList()))),
                quotients.map(all -> all.stream()
                        .map(q -> new Quotient(dim.apply(q.numerator()), q.divisor()))
                        .toList()));
    }

    /// What a float tensor holds, when all of it is known.
    public Optional<List<Double>> reals() {
        return fractions.or(() -> elements.filter(e ->
                        type.dtype().filter(Floats::isReadable).isPresent()
                                && e.stream().allMatch(d -> d instanceof Dim.Fixed))
                .map(e -> e.stream().map(d -> (double) d.fixed().orElseThrow()).toList()));
    }

    /// This tensor with these numbers in it: as elements where they are whole, since shape arithmetic is exact, and as
    /// fractions where one is not.
    public Known withReals(List<Double> all) {
        List<Dim> whole = all.stream().map(Known::whole).toList();
        boolean fractional = whole.contains(Dim.unknown());
        boolean finite = all.stream().allMatch(v -> Double.isFinite(v));
        return new Known(type, Optional.of(whole), fractional && finite ? Optional.of(all) : Optional.empty(), items);
    }

    private static Dim whole(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1L << 53 ? Dim.of((long) value) : Dim.unknown();
    }
}
