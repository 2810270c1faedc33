package dev.lathe.graph.op.custom;

import dev.lathe.graph.op.OpFamily;
import dev.lathe.graph.op.OpSpec;
import java.util.List;

/// Operators of other domains: one line per operator.
public final class CustomOps implements OpFamily {
    @Override
    public String title() {
        return "Operators of other domains";
    }

    @Override
    public List<OpSpec> ops() {
        return List.of(new DecodeImage(), new EncodeImage(), new QonnxQuant(), new Quant());
    }
}
