package dev.lathe.graph.io.onnx;

import dev.lathe.graph.Extra;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Declarations of outputs that state something else than the values themselves do (an output that is an input, a
/// constant or a value of an enclosing graph may), by name and in order. The reader keeps them among the graph's
/// unmodelled fields; one whose name is no output any more is left out when the graph is written.
final class KeptOutputs {
    private final Map<String, Deque<byte[]>> byName = new HashMap<>();

    private KeptOutputs() {}

    static KeptOutputs of(Extra graphExtra) {
        KeptOutputs all = new KeptOutputs();
        Extra fields = ExtraScan.only(graphExtra, Proto.GraphField.OUTPUT, true);
        if (fields.isEmpty()) {
            return all;
        }
        try {
            WireReader r = WireReader.of(MemorySegment.ofArray(fields.wire()));
            while (r.next()) {
                WireReader.Span whole = r.skipWhole();
                WireReader again = r.at(whole);
                String name = again.next() ? ValueInfo.read(again.message()).name() : "";
                all.byName.computeIfAbsent(name, n -> new ArrayDeque<>(1)).add(r.copy(whole));
            }
        } catch (WireFault f) {
            throw new IllegalStateException("declarations that were read before are no longer readable", f);
        }
        return all;
    }

    /// The next declaration of an output of this name, as a whole field.
    Optional<byte[]> next(String name) {
        Deque<byte[]> kept = byName.get(name);
        return kept == null ? Optional.empty() : Optional.ofNullable(kept.poll());
    }
}
