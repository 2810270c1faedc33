package dev.lathe.graph.op.tensor;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Sizes;
import dev.lathe.graph.op.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Slices of the data picked by index tuples.
public final class GatherND implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("GatherND", 11, 12, 13)
            .in("data", "T")
            .in("indices", "int64")
            .out("output", "T")
            .attr("batch_dims", 0L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        long batch = c.attrs().intOr("batch_dims", 0);
        c.dims(0)
                .ifPresent(data -> c.dims(1).filter(i -> !i.isEmpty()).ifPresent(index -> {
                    if (!(index.getLast() instanceof Dim.Fixed(long depth))) {
                        return;
                    }
                    if (batch + depth > data.size()) {
                        c.misfit("indices of " + depth + " numbers"
                                + (batch == 0 ? "" : " and " + batch + " axes of batches")
                                + " are more than data of rank " + data.size() + " has");
                        return;
                    }
                    List<Dim> out = new ArrayList<>(index.subList(0, index.size() - 1));
                    out.addAll(data.subList((int) (batch + depth), data.size()));
                    c.output(0, out);
                }));
        batches(c, batch);
    }

    /// As many index tuples belong to each batch of the data.
    private static void batches(InferContext c, long batch) {
        if (batch > 0
                && c.dims(0).filter(d -> d.size() >= batch).isPresent()
                && c.dims(1).filter(i -> !i.isEmpty()).isPresent()
                && DimMath.product(c.dims(0).get().subList(0, (int) batch)) instanceof Dim.Fixed(long data)
                && data > 0) {
            List<Dim> index = c.dims(1).get();
            Sizes.atRun(c)
                    .divides(DimMath.product(index.subList(0, index.size() - 1)), data, "index tuples in batches");
        }
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.selection(c, 1);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.DATA_MOVEMENT, Trait.CONSTANT_FOLDABLE);
    }
}
