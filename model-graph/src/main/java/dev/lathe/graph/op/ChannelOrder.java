package dev.lathe.graph.op;

import dev.lathe.graph.Dim;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Where the channels of an image lie: behind the batch as ONNX has them, or behind the spatial axes as ONNX Runtime's
/// quantized operators may have them (`channels_last`).
public enum ChannelOrder {
    FIRST,
    LAST;

    /// What the attribute `channels_last` says; channels come first where it is left out.
    public static ChannelOrder of(InferContext c) {
        return c.attrs().intOr("channels_last", 0) == 0 ? FIRST : LAST;
    }

    /// Extents in this order, told as batch, channels and spatial extents.
    public List<Dim> toFirst(List<Dim> dims) {
        return turned(dims, 1);
    }

    /// Batch, channels and spatial extents, told in this order.
    public List<Dim> fromFirst(List<Dim> dims) {
        return turned(dims, -1);
    }

    private List<Dim> turned(List<Dim> dims, int places) {
        if (this == FIRST || dims.size() < 3) {
            return dims;
        }
        List<Dim> out = new ArrayList<>(dims);
        Collections.rotate(out.subList(1, out.size()), places);
        return out;
    }
}
