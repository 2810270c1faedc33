package dev.lathe.graph.io.onnx;

import dev.lathe.graph.Extra;
import java.lang.foreign.MemorySegment;

/// Looks into fields that were kept in wire form.
final class ExtraScan {
    private ExtraScan() {}

    static boolean has(Extra extra, int field) {
        if (extra.isEmpty()) {
            return false;
        }
        try {
            WireReader r = WireReader.of(MemorySegment.ofArray(extra.wire()));
            while (r.next()) {
                if (r.field() == field) {
                    return true;
                }
                r.skip();
            }
            return false;
        } catch (WireFault f) {
            throw unreadable(f);
        }
    }

    /// Whether there is such a field that holds nothing.
    static boolean hasEmpty(Extra extra, int field) {
        if (extra.isEmpty()) {
            return false;
        }
        try {
            WireReader r = WireReader.of(MemorySegment.ofArray(extra.wire()));
            while (r.next()) {
                if (r.field() == field && r.isBytes()) {
                    if (r.span().length() == 0) {
                        return true;
                    }
                } else {
                    r.skip();
                }
            }
            return false;
        } catch (WireFault f) {
            throw unreadable(f);
        }
    }

    /// `extra` reduced to the fields with this number, or to all others.
    static Extra only(Extra extra, int field, boolean matching) {
        if (extra.isEmpty()) {
            return extra;
        }
        ExtraFields kept = new ExtraFields();
        try {
            WireReader r = WireReader.of(MemorySegment.ofArray(extra.wire()));
            while (r.next()) {
                if ((r.field() == field) == matching) {
                    kept.keep(r);
                } else {
                    r.skip();
                }
            }
        } catch (WireFault f) {
            throw unreadable(f);
        }
        return kept.done();
    }

    private static IllegalStateException unreadable(WireFault f) {
        return new IllegalStateException("fields that were read before are no longer readable", f);
    }
}
