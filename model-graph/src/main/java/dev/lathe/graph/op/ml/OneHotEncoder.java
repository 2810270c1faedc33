package dev.lathe.graph.op.ml;

import dev.lathe.graph.Dim;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A last axis with a 1 at the place of the category; comparisons with every category.
public final class OneHotEncoder implements OpSpec {
    private static final Schema SCHEMA = Schema.of("ai.onnx.ml", "OneHotEncoder", 1)
            .in("X", "")
            .out("Y", "float32")
            .attr("cats_int64s", AttrSpec.Kind.INTS)
            .attr("cats_strings", AttrSpec.Kind.STRINGS)
            .attr("zeros", 1L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        c.dims(0).ifPresent(dims -> {
            List<Dim> out = new ArrayList<>(dims);
            out.add(MlRules.length(c.attrs(), "cats_int64s", "cats_strings"));
            c.output(0, out);
        });
        Lengths lengths = Lengths.of(c);
        lengths.require(
                lengths.count("cats_int64s") > 0 != lengths.count("cats_strings") > 0,
                "one of 'cats_int64s' and 'cats_strings' must be given");
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, 1);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
