package dev.lathe.graph.io.onnx;

import dev.lathe.graph.Extra;
import java.lang.foreign.MemorySegment;
import java.util.Set;

/// Constants whose name another one has that counts, as in ONNX Runtime: a sparse one before a Constant node before an
/// initializer, and of two of a kind the last. They are kept whole among the graph's extra fields and written again; of
/// one that lay in a data file a mark is kept, its name alone.
final class Overruled {
    private Overruled() {}

    static byte[] mark(String name) {
        return new WireWriter()
                .message(Proto.GraphField.INITIALIZER, new WireWriter().string(Proto.TensorField.NAME, name))
                .toByteArray();
    }

    /// Those of this field that are to be written before the others.
    ///
    /// @param defined names of tensors that the graph has
    static Extra toWrite(Extra graph, int field, Set<String> defined) {
        Extra all = ExtraScan.only(graph, field, true);
        if (all.isEmpty()) {
            return all;
        }
        int always = field == Proto.GraphField.NODE ? Proto.NodeField.OP_TYPE : Proto.TensorField.DATA_TYPE;
        ExtraFields kept = new ExtraFields();
        try {
            WireReader r = WireReader.of(MemorySegment.ofArray(
                    KeptNames.onlyOf(all, defined::contains, defined::contains).wire()));
            while (r.next()) {
                WireReader.Span whole = r.skipWhole();
                WireReader again = r.at(whole);
                if (again.next() && ExtraScan.has(Extra.of(again.bytes()), always)) {
                    kept.add(r.copy(whole));
                }
            }
        } catch (WireFault f) {
            throw KeptNames.unreadable(f);
        }
        return kept.done();
    }
}
