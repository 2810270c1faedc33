package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import dev.lathe.graph.op.Transforms;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Real signals from half their spectrum: 2·(m − 1) numbers where the last axis but that of real and imaginary parts
/// has m. As fast as known, 2.5·n·log₂n per transform of n points, half that of complex ones (as FFTW counts).
public final class Irfft implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "Irfft", 1)
            .in("X", "T")
            .out("Y", "T")
            .attr("normalized", 0L)
            .attr("onesided", 1L)
            .required("signal_ndim", AttrSpec.Kind.INT)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        c.dims(0).filter(d -> d.size() >= 2).ifPresent(d -> {
            List<Dim> out = new ArrayList<>(d.subList(0, d.size() - 1));
            out.set(out.size() - 1, DimMath.mul(DimMath.sub(out.getLast(), 1), 2));
            c.output(0, out);
        });
    }

    @Override
    public OpCost cost(CostContext c) {
        return Transforms.real(c.output(0), c.attrs().intOr("signal_ndim", 1));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
