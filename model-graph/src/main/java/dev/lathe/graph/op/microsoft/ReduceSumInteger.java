package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Shape;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.Axes;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Sums of 8-bit integers along axes, in 32 bits: 1 per input element.
public final class ReduceSumInteger implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "ReduceSumInteger", 1)
            .in("data", "T1")
            .out("reduced", "T2")
            .required("axes", AttrSpec.Kind.INTS)
            .required("keepdims", AttrSpec.Kind.INT)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Optional<DType> dtype = c.dtype(0).map(t -> t == DType.INT8 ? DType.INT32 : DType.UINT32);
        c.output(0, dtype, Shape.unranked());
        boolean keep = c.attrs().intOr("keepdims", 1) != 0;
        c.dims(0)
                .ifPresent(d -> Axes.among(c, 1, d.size()).ifPresent(reduced -> {
                    List<Dim> out = new ArrayList<>();
                    for (int i = 0; i < d.size(); i++) {
                        boolean gone = reduced.isEmpty() || reduced.get(i);
                        if (!gone || keep) {
                            out.add(gone ? Dim.of(1) : d.get(i));
                        }
                    }
                    c.output(0, dtype, Shape.of(out));
                }));
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.perInputElement(c, 1);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.QUANTIZED, Trait.CONSTANT_FOLDABLE);
    }
}
