package dev.lathe.graph.op.tensor;

import dev.lathe.graph.Attr;
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

/// Strings in upper or lower case, stop words left out; how many are left depends on the data. No arithmetic.
public final class StringNormalizer implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("StringNormalizer", 10)
            .in("X", "string")
            .out("Y", "string")
            .attr("case_change_action", "NONE")
            .attr("is_case_sensitive", 0L)
            .attr("locale", AttrSpec.Kind.STRING)
            .attr("stopwords", AttrSpec.Kind.STRINGS)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        boolean drops = c.attrs()
                .find("stopwords")
                .filter(s -> !s.equals(new Attr.StringsAttr(List.of())))
                .isPresent();
        c.dims(0).ifPresent(dims -> {
            List<Dim> out = new ArrayList<>(dims);
            // Words go from a vector [C] or from the one row of a matrix [1, C].
            if (drops && !out.isEmpty()) {
                out.set(out.size() - 1, c.named(0, out.size() - 1));
            }
            c.output(0, out);
        });
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.movement(c);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.DATA_MOVEMENT);
    }
}
