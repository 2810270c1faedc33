package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.Filters;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Sizes;
import dev.lathe.graph.op.Trait;
import dev.lathe.graph.op.Windows;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Transposed convolution of X [N, C, spatial…] with W [C, M/group, kernel…] whose padding is an input.
public final class ConvTransposeWithDynamicPads implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "ConvTransposeWithDynamicPads", 1)
            .in("X", "T")
            .in("W", "T")
            .optIn("Pads", "int64")
            .optIn("B", "T")
            .out("Y", "T")
            .attr("auto_pad", "NOTSET")
            .oneOf("NOTSET", "SAME_UPPER", "SAME_LOWER", "VALID", "")
            .attr("dilations", AttrSpec.Kind.INTS)
            .attr("group", 1L)
            .attr("kernel_shape", AttrSpec.Kind.INTS)
            .attr("output_padding", AttrSpec.Kind.INTS)
            .attr("strides", AttrSpec.Kind.INTS)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        (c.constant(2).isPresent() ? Sizes.atLoading(c) : Sizes.atRun(c)).rank(2, 1);
        c.dims(0)
                .ifPresent(d -> (c.constant(2).isPresent() ? Sizes.atLoading(c) : Sizes.atRun(c))
                        .extent(2, 0, Dim.of(2L * (d.size() - 2))));
        Windows.convTranspose(c, c.has(2) ? c.numbers(2) : Optional.of(List.of()));
        Filters.transposed(c, 1, 3);
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.convTranspose(c, 0, 1, 3);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
