package dev.lathe.graph.io.onnx;

import dev.lathe.core.LatheException;

/// An initializer and the message that it came in.
record StoredConstant(TensorReader.Named content, WireReader in, WireReader.Span message) {
    static StoredConstant read(Reading reading, WireReader r) throws WireFault, LatheException {
        WireReader m = r.message();
        WireReader.Span message = new WireReader.Span(m.position(), m.claimedEnd() - m.position());
        return new StoredConstant(TensorReader.initializer(reading, m), r, message);
    }

    byte[] asField() throws WireFault {
        return new WireWriter()
                .bytes(Proto.GraphField.INITIALIZER, in.copy(message))
                .toByteArray();
    }
}
