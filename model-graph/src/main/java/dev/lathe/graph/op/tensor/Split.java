package dev.lathe.graph.op.tensor;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.Axes;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.Folds;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The input cut along an axis, equally unless sizes are given.
public final class Split implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("Split", 1, 2, 11, 13, 18)
            .in("input", "T")
            .optIn("split", "int64")
            .manyOut("outputs", "T")
            .attr("axis", 0L)
            .attr("num_outputs", AttrSpec.Kind.INT)
            .attr("split", AttrSpec.Kind.INTS)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Optional<Integer> axis = Axes.attr(c, "axis", 0);
        if (axis.isEmpty()) {
            return;
        }
        List<Dim> dims = c.dims(0).orElseThrow();
        Dim whole = dims.get(axis.get());
        Optional<List<Dim>> sizes =
                c.attrs().ints("split").map(s -> s.stream().map(Dim::of).toList());
        if (sizes.isEmpty() && c.has(1)) {
            sizes = c.elements(1).or(() -> Optional.of(Collections.nCopies(c.outputs(), Dim.unknown())));
        }
        if (sizes.isPresent() && !fits(c, sizes.get(), whole)) {
            sizes = Optional.of(Collections.nCopies(c.outputs(), Dim.unknown()));
        }
        if (sizes.isEmpty()) {
            cut(c, whole);
        }
        Dim part = DimMath.ceilDiv(whole, c.outputs());
        for (int i = 0; i < c.outputs(); i++) {
            List<Dim> out = new ArrayList<>(dims);
            Dim rest = DimMath.sub(whole, DimMath.mul(part, i));
            Dim equal = i < c.outputs() - 1 ? part : rest.fixed().orElse(0) < 0 ? Dim.unknown() : rest;
            out.set(axis.get(), sizes.isPresent() ? sizes.get().get(i) : equal);
            c.output(i, out);
        }
        Folds.split(c, axis.get());
    }

    /// Looks whether so many equal parts can be made, of which the last may be smaller. ONNX Runtime makes as many as
    /// there are outputs, whatever `num_outputs` says, and leaves none empty.
    private static void cut(InferContext c, Dim whole) {
        int parts = c.outputs();
        long stated = c.attrs().intOr("num_outputs", parts);
        if (stated != parts) {
            String sentence = "it has " + parts + " outputs, and its attribute num_outputs says " + stated;
            if (stated < parts && whole instanceof Dim.Fixed) {
                c.misfit(sentence);
            } else {
                c.doubt(sentence);
            }
        }
        if (!(whole instanceof Dim.Fixed(long n)) || parts == 0) {
            return;
        }
        long part = Math.ceilDiv(n, parts);
        if (c.opset() < 18) {
            if (n % parts != 0) {
                c.misfit("an extent of " + n + " cannot be cut into " + parts + " equal parts");
            }
        } else if (n - part * (parts - 1) <= 0) {
            c.contradiction("an extent of " + n + " cannot be cut into " + parts + " parts of " + part
                    + ": nothing is left for the last");
        }
    }

    private static boolean fits(InferContext c, List<Dim> sizes, Dim whole) {
        if (sizes.size() != c.outputs()) {
            String sentence = sizes.size() + " sizes are given for " + c.outputs() + " outputs";
            if (c.attrs().has("split") || c.constant(1).isPresent()) {
                c.misfit(sentence);
            } else {
                c.contradiction(sentence);
            }
            return false;
        }
        Dim sum = sizes.stream().reduce(Dim.of(0), DimMath::add);
        if (sum instanceof Dim.Fixed && whole instanceof Dim.Fixed && !sum.equals(whole)) {
            String sentence = "sizes that amount to " + sum + " are given for an extent of " + whole;
            if (c.attrs().has("split") || c.constant(1).isPresent()) {
                c.misfit(sentence);
            } else {
                c.contradiction(sentence);
            }
        }
        return true;
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.movement(c);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.DATA_MOVEMENT, Trait.CONSTANT_FOLDABLE);
    }
}
