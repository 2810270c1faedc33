package dev.lathe.graph.io.onnx;

import dev.lathe.graph.Extra;
import java.lang.foreign.MemorySegment;

/// Looks into fields that were kept in wire form.
final class ExtraScan {
    private ExtraScan() {}

    static boolean has(Extra extra, int field) {
        return !extra.isEmpty() && !only(extra, field, true).isEmpty();
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
            throw new IllegalStateException("fields that were read before are no longer readable", f);
        }
        return kept.done();
    }
}
