package dev.lathe.graph.op.tensor;

import dev.lathe.graph.Dim;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.Axes;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Sizes;
import dev.lathe.graph.op.Trait;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The input without axes of extent 1.
public final class Squeeze implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("Squeeze", 1, 11, 13, 21, 23, 24, 25)
            .in("data", "T")
            .optIn("axes", "int64")
            .out("squeezed", "T")
            .attr("axes", AttrSpec.Kind.INTS)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Sizes.atRun(c).rank(1, 1);
        Optional<List<Dim>> dims = c.dims(0);
        if (dims.isEmpty()) {
            return;
        }
        Optional<BitSet> axes = Axes.among(c, 1, dims.get().size());
        boolean allFixed = dims.get().stream().allMatch(d -> d instanceof Dim.Fixed);
        if (axes.isEmpty() || (axes.get().isEmpty() && !allFixed)) {
            int rank = dims.get().size();
            Axes.count(c, 1)
                    .filter(n -> n > 0 && n <= rank && Axes.given(c, 1).isEmpty())
                    .ifPresent(n -> c.output(0, Rules.unknownDims(rank - n)));
            return;
        }
        BitSet gone = axes.get();
        List<Dim> out = new ArrayList<>();
        for (int i = 0; i < dims.get().size(); i++) {
            Dim d = dims.get().get(i);
            boolean goes = gone.isEmpty() ? d.equals(Dim.of(1)) : gone.get(i);
            if (!goes) {
                out.add(d);
            } else if (d instanceof Dim.Fixed(long size) && size != 1) {
                c.contradiction("axis " + i + " has " + size + " elements and cannot be taken out");
            }
        }
        c.output(0, out);
        Rules.keepElements(c);
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.view(c);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.VIEW, Trait.CONSTANT_FOLDABLE);
    }
}
