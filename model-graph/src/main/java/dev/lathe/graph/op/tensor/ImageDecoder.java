package dev.lathe.graph.op.tensor;

import dev.lathe.graph.Dim;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Set;

/// The pixels of an image file [height, width, channels]. What decoding costs depends on the file.
public final class ImageDecoder implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("ImageDecoder", 20)
            .in("encoded_stream", "uint8")
            .out("image", "uint8")
            .attr("pixel_format", "RGB")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        long channels = c.attrs().stringOr("pixel_format", "RGB").equals("Grayscale") ? 1 : 3;
        c.output(0, List.of(c.named(0, 0), c.named(0, 1), Dim.of(channels)));
    }

    @Override
    public OpCost cost(CostContext c) {
        return OpCost.UNKNOWN;
    }

    @Override
    public Set<Trait> traits() {
        return Set.of();
    }
}
