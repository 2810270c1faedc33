package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.DType;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Optional;
import java.util.Set;

/// A hash of 32 bits of each element (MurmurHash3, x86, 32 bits): 11 operations for each 4 bytes and 9 at the end.
/// What a string costs depends on its length.
public final class MurmurHash3 implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "MurmurHash3", 1)
            .in("X", "T1")
            .out("Y", "T2")
            .attr("positive", 1L)
            .attr("seed", 0L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        boolean unsigned = c.attrs().intOr("positive", 1) == 1;
        c.output(0, Optional.of(unsigned ? DType.UINT32 : DType.INT32), c.shape(0));
    }

    @Override
    public OpCost cost(CostContext c) {
        long bytes = c.input(0)
                .dtype()
                .filter(t -> t != DType.STRING)
                .map(t -> t.bits() / 8)
                .orElse(0);
        return bytes == 0 ? OpCost.UNKNOWN : OpCost.ofFlops(DimMath.mul(c.outputCount(0), 11 * (bytes / 4) + 9));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
