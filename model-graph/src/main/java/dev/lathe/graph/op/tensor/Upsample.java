package dev.lathe.graph.op.tensor;

import dev.lathe.graph.Attr;
import dev.lathe.graph.Dim;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.Floats;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Resizing;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Sizes;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Set;

/// The input enlarged by given scales (old name of Resize); linear costs 8 per output element, nearest 0.
public final class Upsample implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("Upsample", 1, 7, 9, 10)
            .in("X", "T")
            .optIn("scales", "float32")
            .out("Y", "T")
            .attr("height_scale", AttrSpec.Kind.FLOAT)
            .attr("mode", "nearest")
            .oneOf("nearest", "linear", "cubic", "bilinear")
            .attr("scales", AttrSpec.Kind.FLOATS)
            .attr("width_scale", AttrSpec.Kind.FLOAT)
            .deprecated(10)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        if (c.opset() >= 7 && c.attrs().stringOr("mode", "nearest").equals("bilinear")) {
            c.fault("the attribute 'mode' is 'bilinear', which is called 'linear' from version 7 on");
        }
        Resizing.infer(c);
        c.dims(0).ifPresent(d -> Sizes.atRun(c).count(1, Dim.of(d.size())));
        if (c.constant(1)
                        .flatMap(Floats::of)
                        .filter(all -> all.stream().anyMatch(s -> s < 1))
                        .isPresent()
                || c.attrs().find("scales").orElse(Attr.of("")) instanceof Attr.FloatsAttr(List<Float> all)
                        && all.stream().anyMatch(s -> s < 1)) {
            c.fault("a scale below 1 would make it smaller");
        }
    }

    @Override
    public OpCost cost(CostContext c) {
        return c.attrs().stringOr("mode", "nearest").equals("nearest") ? OpCost.FREE : CostRules.elementwise(c, 8);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
