package dev.lathe.graph.io.onnx;

import dev.lathe.graph.Extra;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/// Gathers the fields of one message that our types do not model.
final class ExtraFields {
    private Optional<ByteArrayOutputStream> wire = Optional.empty();

    /// Keeps the present field of `reader` whole and moves behind it.
    void keep(WireReader reader) throws WireFault {
        add(Misplaced.kept(reader, reader.copy(reader.skipWhole())));
    }

    void add(byte[] wholeFields) {
        if (wire.isEmpty()) {
            wire = Optional.of(new ByteArrayOutputStream(wholeFields.length));
        }
        wire.get().writeBytes(wholeFields);
    }

    Extra done() {
        return wire.map(w -> Extra.of(w.toByteArray())).orElse(Extra.NONE);
    }
}
