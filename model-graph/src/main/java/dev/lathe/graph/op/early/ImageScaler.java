package dev.lathe.graph.op.early;

import dev.lathe.graph.Attr;
import dev.lathe.graph.Dim;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Sizes;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Set;

/// An image [N, C, H, W] times one number, plus one number for each of its channels: 2 per element.
public final class ImageScaler implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("ImageScaler", 1, 10)
            .in("input", "T")
            .out("output", "T")
            .required("bias", AttrSpec.Kind.FLOATS)
            .attr("scale", 1.0f)
            .deprecated(10)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Rules.sameAsInput(c);
        Sizes at = Sizes.atRun(c).ranks(0, 4, Integer.MAX_VALUE);
        if (c.attrs().find("bias").orElse(null) instanceof Attr.FloatsAttr(List<Float> bias)) {
            at.equal(Sizes.of(c, 0, 1), Dim.of(bias.size()), "channels and biases");
        }
        // The kernel looks at four axes, whatever the input has.
        c.dims(0).filter(d -> d.size() > 4).ifPresent(d -> {
            c.doubt("an image has 4 axes; the further ones of " + c.shape(0) + " are lost");
            c.output(0, d.subList(0, 4));
        });
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.elementwise(c, 2);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
