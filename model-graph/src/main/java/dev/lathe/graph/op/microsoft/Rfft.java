package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
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

/// Half the spectrum of real signals along the last axes: n/2 + 1 numbers where the last has n, their real and
/// imaginary parts as one more axis. As fast as known, 2.5·n·log₂n per transform of n points, half that of complex
/// ones (as FFTW counts).
public final class Rfft implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "Rfft", 1)
            .in("X", "T")
            .out("Y", "T")
            .attr("normalized", 0L)
            .attr("onesided", 1L)
            .attr("signal_ndim", 1L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        c.dims(0).filter(d -> !d.isEmpty()).ifPresent(d -> {
            List<Dim> out = new ArrayList<>(d);
            out.set(d.size() - 1, DimMath.add(DimMath.floorDiv(d.getLast(), 2), 1));
            out.add(Dim.of(2));
            c.output(0, out);
        });
    }

    @Override
    public OpCost cost(CostContext c) {
        return Transforms.real(c.input(0), c.attrs().intOr("signal_ndim", 1));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
