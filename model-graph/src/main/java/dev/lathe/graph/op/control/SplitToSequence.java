package dev.lathe.graph.op.control;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.op.Axes;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.Either;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.Items;
import dev.lathe.graph.op.Known;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The input cut along an axis into a list.
public final class SplitToSequence implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("SplitToSequence", 11, 24)
            .in("input", "T")
            .optIn("split", "I")
            .out("output_sequence", "")
            .attr("axis", 0L)
            .attr("keepdims", 1L)
            .build();

    private static final long MOST_AXES_OF_MANY = 16;

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Optional<Integer> axis = c.dims(0).isPresent() ? Axes.attr(c, "axis", 0) : Optional.empty();
        if (axis.isEmpty()) {
            c.output(0, new ValueType.SequenceType(part(c, Shape.unranked())));
            return;
        }
        Dim whole = c.dims(0).orElseThrow().get(axis.get());
        if (!c.has(1)) {
            boolean keep = c.attrs().intOr("keepdims", 1) != 0;
            tell(c, whole, part(c, axis.get(), keep ? Optional.of(Dim.of(1)) : Optional.empty()));
        } else if (c.dims(1).filter(List::isEmpty).isPresent()) {
            chunks(c, axis.get(), whole);
        } else {
            parts(c, axis.get());
        }
    }

    /// Parts of one size, the last perhaps smaller.
    private static void chunks(InferContext c, int axis, Dim whole) {
        Dim size = c.elements(1).map(List::getFirst).orElse(Dim.unknown());
        Dim rest = whole instanceof Dim.Unknown ? whole : DimMath.mod(whole, size);
        if (whole instanceof Dim.Fixed(long n)
                && size instanceof Dim.Fixed(long s)
                && s > 0
                && !rest.equals(Dim.of(0))
                && areFew(c, Math.ceilDiv(n, s))) {
            List<ValueType> each = new ArrayList<>();
            for (long from = 0; from < n; from += s) {
                each.add(part(c, axis, Optional.of(Dim.of(Math.min(s, n - from)))));
            }
            tell(c, each);
        } else {
            Dim each = rest.equals(Dim.of(0)) ? size : Dim.unknown();
            tell(
                    c,
                    size instanceof Dim.Fixed(long s) && s > 0 ? DimMath.ceilDiv(whole, s) : Dim.unknown(),
                    part(c, axis, Optional.of(each)));
        }
    }

    /// Parts whose sizes are given one by one.
    private static void parts(InferContext c, int axis) {
        Optional<List<Dim>> sizes = c.elements(1);
        if (sizes.filter(all -> all.stream().anyMatch(s -> s instanceof Dim.Fixed(long n) && n < 0))
                .isPresent()) {
            c.contradiction("a size of its parts is below 0");
        }
        Dim sum = sizes.map(all -> all.stream().reduce(Dim.of(0), DimMath::add)).orElse(Dim.unknown());
        Dim whole = c.dims(0).orElseThrow().get(axis);
        if (sum instanceof Dim.Fixed && whole instanceof Dim.Fixed && !sum.equals(whole)) {
            c.misfitOf(1, "sizes that amount to " + sum + " are given for an extent of " + whole);
        }
        if (sizes.isPresent() && areFew(c, sizes.get().size())) {
            tell(c, sizes.get().stream().map(s -> part(c, axis, Optional.of(s))).toList());
        } else if (sizes.isPresent()) {
            Dim first = sizes.get().getFirst();
            boolean alike = sizes.get().stream().allMatch(s -> DimMath.same(s, first));
            tell(c, Dim.of(sizes.get().size()), part(c, axis, Optional.of(alike ? first : Dim.unknown())));
        } else {
            Dim length =
                    c.dims(1).filter(d -> d.size() == 1).map(List::getFirst).orElse(Dim.unknown());
            tell(c, length, part(c, axis, Optional.of(Dim.unknown())));
        }
    }

    /// Whether the type of each part is told: of a thousand parts of a thousand axes that would be a million.
    private static boolean areFew(InferContext c, long parts) {
        return parts <= Items.LIMIT && parts * c.dims(0).orElseThrow().size() <= Items.LIMIT * MOST_AXES_OF_MANY;
    }

    private static void tell(InferContext c, Dim length, ValueType each) {
        c.know(0, Known.of(new ValueType.SequenceType(each)).withItems(Items.of(length, each)));
    }

    private static void tell(InferContext c, List<ValueType> each) {
        ValueType common = each.stream().reduce(Either::of).orElse(part(c, Shape.unranked()));
        c.know(0, Known.of(new ValueType.SequenceType(common)).withItems(Items.of(each)));
    }

    /// The input's type with another extent along the axis, or without it.
    private static ValueType part(InferContext c, int axis, Optional<Dim> size) {
        List<Dim> dims = new ArrayList<>(c.dims(0).orElseThrow());
        if (size.isPresent()) {
            dims.set(axis, size.get());
        } else {
            dims.remove(axis);
        }
        return part(c, Shape.of(dims));
    }

    private static ValueType part(InferContext c, Shape shape) {
        return new ValueType.TensorType(c.dtype(0), shape);
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.movement(c);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.DATA_MOVEMENT);
    }
}
