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

/// The input with new axes of extent 1.
public final class Unsqueeze implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("Unsqueeze", 1, 11, 13, 21, 23, 24, 25)
            .in("data", "T")
            .optIn("axes", "int64")
            .out("expanded", "T")
            .attr("axes", AttrSpec.Kind.INTS)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Sizes.atRun(c).ranks(1, 0, 1);
        Optional<List<Dim>> dims = c.dims(0);
        Optional<List<Long>> given = Axes.given(c, 1);
        if (dims.isEmpty() || given.isEmpty()) {
            dims.flatMap(d -> Axes.count(c, 1).map(n -> d.size() + n))
                    .ifPresent(rank -> c.output(0, Rules.unknownDims(rank)));
            return;
        }
        int rank = dims.get().size() + given.get().size();
        if (!Rules.isMade(c, rank)) {
            return;
        }
        Optional<BitSet> axes = Axes.among(c, 1, rank);
        if (axes.isEmpty()) {
            return;
        }
        BitSet added = axes.get();
        if (added.cardinality() < given.get().size()) {
            c.misfitOf(1, "its axes " + given.get() + " name one twice");
            return;
        }
        List<Dim> out = new ArrayList<>(rank);
        int next = 0;
        for (int i = 0; i < rank; i++) {
            out.add(added.get(i) ? Dim.of(1) : dims.get().get(next++));
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
