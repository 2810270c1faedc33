package dev.lathe.graph.op.early;

import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Shape;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The numbers of an attribute in a shape: an attribute's, or that of the input (with `input_as_shape` the one that is
/// in it) and further extents behind it. No runtime that we know has a kernel.
public final class GivenTensorFill implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("GivenTensorFill", 1, 10)
            .optIn("shape", "T")
            .out("X", "T")
            .attr("extra_shape", AttrSpec.Kind.INTS)
            .attr("input_as_shape", AttrSpec.Kind.INT)
            .attr("shape", AttrSpec.Kind.INTS)
            .attr("values", AttrSpec.Kind.FLOATS)
            .deprecated(10)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Optional<DType> dtype = c.has(0) ? Optional.empty() : Optional.of(DType.FLOAT32);
        List<Dim> extra = sizes(c.attrs().ints("extra_shape").orElse(List.of()));
        Optional<List<Dim>> whole = c.attrs()
                .ints("shape")
                .map(GivenTensorFill::sizes)
                .or(() -> {
                    boolean content = c.attrs().intOr("input_as_shape", 0) != 0;
                    return (content ? c.elements(0) : c.dims(0))
                            .map(d -> Stream.concat(d.stream(), extra.stream()).toList());
                });
        c.output(0, dtype, whole.map(Shape::of).orElse(Shape.unranked()));
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.movement(c);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.DATA_MOVEMENT, Trait.CONSTANT_FOLDABLE);
    }

    private static List<Dim> sizes(List<Long> numbers) {
        return numbers.stream().map(n -> n < 0 ? Dim.unknown() : Dim.of(n)).toList();
    }
}
