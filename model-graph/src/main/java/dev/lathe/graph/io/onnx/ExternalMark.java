package dev.lathe.graph.io.onnx;

import dev.lathe.graph.Extra;

/// The field that says that a tensor's bytes lie in another file. The reader leaves it among the tensor's
/// extra fields, so that an untouched tensor is external again when it is written; a tensor that a pass makes
/// has none.
final class ExternalMark {
    private static final byte[] WIRE =
            new WireWriter().varint(Proto.TensorField.DATA_LOCATION, 1).toByteArray();

    private ExternalMark() {}

    static void put(ExtraFields into) {
        into.add(WIRE.clone());
    }

    static boolean isOn(Extra extra) {
        return ExtraScan.has(extra, Proto.TensorField.DATA_LOCATION);
    }

    static Extra without(Extra extra) {
        return ExtraScan.only(extra, Proto.TensorField.DATA_LOCATION, false);
    }
}
