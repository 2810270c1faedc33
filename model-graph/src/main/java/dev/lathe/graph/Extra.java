package dev.lathe.graph;

import java.util.Arrays;

/// Fields of the source file that our types do not model, kept in wire form (for ONNX: whole protobuf fields,
/// tags included, in file order) so that an export of an untouched element loses nothing.
public final class Extra {
    public static final Extra NONE = new Extra(new byte[0]);

    private final byte[] wire;

    private Extra(byte[] wire) {
        this.wire = wire;
    }

    public static Extra of(byte[] wire) {
        return wire.length == 0 ? NONE : new Extra(wire.clone());
    }

    public byte[] wire() {
        return wire.clone();
    }

    public boolean isEmpty() {
        return wire.length == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Extra e && Arrays.equals(wire, e.wire);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(wire);
    }

    @Override
    public String toString() {
        return "Extra[" + wire.length + " bytes]";
    }
}
