package dev.lathe.graph.io.onnx;

import dev.lathe.graph.Extra;
import dev.lathe.graph.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a tensor says of the file that its bytes lie in: `location`, `offset`, `length`, and further entries. The last
/// entry of a key counts.
///
/// Further entries are kept among the tensor's extra fields and go along to the next data file, with two exceptions:
/// `checksum`, the SHA-1 of the whole data file as the standard has it, is that of the new file there; `prepacked_…`,
/// where ONNX Runtime tells which places of the old file hold the tensor as one processor's kernels want it, is left
/// out: the new file has no such places.
public final class ExternalEntries {
    static final String LOCATION = "location";
    static final String OFFSET = "offset";
    static final String LENGTH = "length";
    static final String CHECKSUM = "checksum";
    private static final String PREPACKED = "prepacked_";
    private static final Set<String> PLACE = Set.of(LOCATION, OFFSET, LENGTH);

    private final Map<String, String> values = new HashMap<>();
    private final Set<String> repeated = new HashSet<>();
    private final List<byte[]> further = new ArrayList<>(0);

    /// Takes the present field of `r` in.
    void read(WireReader r) throws WireFault {
        WireReader.Span whole = r.skipWhole();
        WireReader again = r.at(whole);
        if (!again.next()) {
            return;
        }
        String key = add(ModelReader.metadata(again.message()));
        if (!PLACE.contains(key)) {
            further.add(r.copy(whole));
        }
    }

    private String add(KeptEntries.Entry entry) {
        if (values.put(entry.key(), entry.value()) != null) {
            repeated.add(entry.key());
        }
        return entry.key();
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    boolean isRepeated(String key) {
        return repeated.contains(key);
    }

    Optional<String> value(String key) {
        return Optional.ofNullable(values.get(key));
    }

    void keepFurther(ExtraFields into) {
        further.forEach(into::add);
    }

    /// Keys of a tensor in a data file that are neither the standard's nor ONNX Runtime's own.
    public static List<String> unknown(Tensor tensor) {
        return keys(tensor).stream()
                .filter(k -> !k.equals(CHECKSUM) && !k.startsWith(PREPACKED))
                .toList();
    }

    /// Whether the tensor's data file holds it a second time, prepacked by ONNX Runtime.
    public static boolean isPrepacked(Tensor tensor) {
        return keys(tensor).stream().anyMatch(k -> k.startsWith(PREPACKED));
    }

    static boolean hasChecksum(Extra tensor) {
        return keys(tensor).contains(CHECKSUM);
    }

    private static List<String> keys(Tensor tensor) {
        return ExternalMark.isOn(tensor.extra()) ? keys(tensor.extra()) : List.of();
    }

    private static List<String> keys(Extra tensor) {
        List<String> keys = new ArrayList<>(0);
        KeptEntries.forEach(
                tensor, Proto.TensorField.EXTERNAL_DATA, ModelReader::metadata, (e, whole) -> keys.add(e.key()));
        return keys;
    }

    /// Writes the further entries of a tensor that goes into a data file.
    ///
    /// @param checksum of that file, in hexadecimal digits
    static void write(WireWriter w, Extra tensor, String checksum) {
        KeptEntries.forEach(tensor, Proto.TensorField.EXTERNAL_DATA, ModelReader::metadata, (e, whole) -> {
            if (e.key().equals(CHECKSUM)) {
                entry(w, CHECKSUM, checksum);
            } else if (!e.key().startsWith(PREPACKED)) {
                w.extra(Extra.of(whole));
            }
        });
    }

    static void entry(WireWriter w, String key, String value) {
        w.message(
                Proto.TensorField.EXTERNAL_DATA,
                new WireWriter().string(Proto.EntryField.KEY, key).string(Proto.EntryField.VALUE, value));
    }
}
