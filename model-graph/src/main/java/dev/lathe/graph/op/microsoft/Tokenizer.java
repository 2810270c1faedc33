package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Attr;
import dev.lathe.graph.Dim;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Strings [C] or [N, C] cut into words along one more axis, as many as the string with most has. What that costs
/// depends on the strings.
public final class Tokenizer implements OpSpec {
    private static final Schema SCHEMA = Schema.of("com.microsoft", "Tokenizer", 1)
            .in("X", "string")
            .ranks(1, 2)
            .out("Y", "string")
            .required("mark", AttrSpec.Kind.INT)
            .required("mincharnum", AttrSpec.Kind.INT)
            .required("pad_value", AttrSpec.Kind.STRING)
            .attr("separators", AttrSpec.Kind.STRINGS)
            .attr("tokenexp", AttrSpec.Kind.STRING)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        if (c.attrs().intOr("mincharnum", 1) <= 0) {
            c.fault("the attribute 'mincharnum' must be greater than 0");
        } else if (!c.attrs().has("tokenexp")
                && !(c.attrs().find("separators").orElse(Attr.of("")) instanceof Attr.StringsAttr(List<String> all)
                        && !all.isEmpty())) {
            c.fault("neither 'separators' nor 'tokenexp' say where its words end");
        }
        c.dims(0).filter(d -> d.size() == 1 || d.size() == 2).ifPresent(d -> {
            boolean empty = d.contains(Dim.of(0));
            List<Dim> out = new ArrayList<>(empty ? d.subList(0, d.size() - 1) : d);
            out.add(empty ? Dim.of(0) : c.named(0, d.size()));
            c.output(0, out);
        });
    }

    @Override
    public OpCost cost(CostContext c) {
        return OpCost.UNKNOWN;
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
