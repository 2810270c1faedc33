package dev.lathe.graph.io.onnx;

/// The bytes are not what protobuf or ONNX says they should be, at `offset` of the file. The importer turns
/// it into a [dev.lathe.core.LatheException] once it knows inside what.
final class WireFault extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean truncated;
    private final long offset;
    private String inside = "";

    private WireFault(boolean truncated, long offset, String message) {
        super(message, null, false, false);
        this.truncated = truncated;
        this.offset = offset;
    }

    static WireFault truncated(long fileEnd) {
        return new WireFault(true, fileEnd, "the file ends too early");
    }

    static WireFault malformed(long offset, String message) {
        return new WireFault(false, offset, message);
    }

    /// Names the part of the model that was being read; the innermost name stays.
    WireFault inside(String part) {
        if (inside.isEmpty()) {
            inside = part;
        }
        return this;
    }

    boolean isTruncated() {
        return truncated;
    }

    long offset() {
        return offset;
    }

    String inside() {
        return inside;
    }

    String words() {
        String m = getMessage();
        return m == null ? "" : m;
    }
}
