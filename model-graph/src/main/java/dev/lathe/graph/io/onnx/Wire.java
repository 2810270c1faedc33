package dev.lathe.graph.io.onnx;

/// Which wire types the fields of a message have, by message of onnx.proto. A field of another one is not that field:
/// protobuf keeps it among those that it does not know, and so do readers here ([Misplaced]).
final class Wire {
    static final Wire MODEL = new Wire().varints(1, 5).bytes(2, 3, 4, 6, 7, 8, 14, 20, 25, 26);
    static final Wire OPSET = new Wire().bytes(1).varints(2);
    static final Wire ENTRY = new Wire().bytes(1, 2);
    static final Wire GRAPH = new Wire().bytes(1, 2, 5, 10, 11, 12, 13, 14, 15, 16);
    static final Wire FUNCTION = new Wire().bytes(1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14);
    static final Wire NODE = new Wire().bytes(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    static final Wire ATTRIBUTE = new Wire()
            .bytes(1, 4, 5, 6, 9, 10, 11, 13, 14, 15, 21, 22, 23)
            .varints(3, 20)
            .fixed32(2)
            // Repeated numbers may be packed.
            .bytes(7, 8)
            .fixed32(7)
            .varints(8);
    static final Wire TENSOR = new Wire()
            .bytes(6, 8, 9, 12, 13, 16)
            .varints(2, 14)
            .bytes(1, 4, 5, 7, 10, 11)
            .varints(1, 5, 7, 11)
            .fixed32(4)
            .fixed64(10);
    static final Wire VALUE = new Wire().bytes(1, 2, 3, 4);
    static final Wire SPARSE = new Wire().bytes(1, 2, 3).varints(3);

    /// A bit for each field that may be of a wire type.
    private final long[] ofType = new long[Proto.FIXED32 + 1];

    private long known;

    private Wire() {}

    /// Whether a field of this number may be of this wire type; one that ONNX does not have may be of any.
    boolean allows(int field, int type) {
        return field >= Long.SIZE || (known >>> field & 1) == 0 || (ofType[type] >>> field & 1) != 0;
    }

    private Wire bytes(int... fields) {
        return may(Proto.BYTES, fields);
    }

    private Wire varints(int... fields) {
        return may(Proto.VARINT, fields);
    }

    private Wire fixed32(int... fields) {
        return may(Proto.FIXED32, fields);
    }

    private Wire fixed64(int... fields) {
        return may(Proto.FIXED64, fields);
    }

    private Wire may(int type, int... fields) {
        for (int f : fields) {
            ofType[type] |= 1L << f;
            known |= 1L << f;
        }
        return this;
    }
}
