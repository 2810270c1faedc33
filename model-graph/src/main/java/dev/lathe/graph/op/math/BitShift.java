package dev.lathe.graph.op.math;

import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.Broadcast;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.Set;

/// Bits of A moved by B places.
public final class BitShift implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("BitShift", 11, 28)
            .in("X", "T")
            .in("Y", "T")
            .out("Z", "T")
            .required("direction", AttrSpec.Kind.STRING)
            .oneOf("LEFT", "RIGHT")
            .build();
    /// Places that a size is moved by at most; with more, nothing would be left of one.
    private static final long MOST = 31;

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        boolean left = c.attrs().stringOr("direction", "LEFT").equals("LEFT");
        // In narrow types bits fall out.
        boolean wide =
                c.dtype(0).filter(t -> t == DType.UINT32 || t == DType.UINT64).isPresent();
        Broadcast.fold(c, (x, places) -> shifted(x, places, left && wide, !left));
    }

    /// The number moved by a known number of places, where nothing that it says falls out.
    private static Dim shifted(Dim number, Dim places, boolean left, boolean right) {
        if (!(places instanceof Dim.Fixed(long n)) || n < 0 || n > MOST) {
            return Dim.unknown();
        }
        return left ? DimMath.mul(number, 1L << n) : right ? DimMath.floorDiv(number, 1L << n) : Dim.unknown();
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, 1);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.ELEMENTWISE, Trait.IN_PLACE, Trait.CONSTANT_FOLDABLE);
    }
}
