package dev.lathe.graph.io.onnx;

import dev.lathe.graph.Extra;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/// Imports of operator sets, or metadata, of which a map alone would lose something: a key that a file has more
/// than once (the last one counts), or fields in them that nobody knows. They are kept whole, besides the map.
public final class KeptEntries {
    /// @param odd whether there are fields besides key and value
    record Entry(String key, String value, boolean odd) {}

    /// Reads one of them.
    interface Form {
        Entry read(WireReader message) throws WireFault;
    }

    private final Map<String, List<byte[]>> found = new LinkedHashMap<>();
    private final Set<String> odd = new LinkedHashSet<>();

    /// Reads the present field of `r`.
    Entry read(WireReader r, Form form) throws WireFault {
        WireReader.Span whole = r.skipWhole();
        Entry entry = of(r.at(whole), form);
        List<byte[]> same = found.computeIfAbsent(entry.key(), k -> new ArrayList<>(1));
        same.add(r.copy(whole));
        if (entry.odd() || same.size() > 1) {
            odd.add(entry.key());
        }
        return entry;
    }

    void keep(ExtraFields into) {
        odd.forEach(key -> found.getOrDefault(key, List.of()).forEach(into::add));
    }

    /// Writes a map: as it was in the file where it still says the same.
    static void write(WireWriter w, int field, Map<String, String> entries, Extra kept, Form form, Plain plain) {
        Map<String, List<byte[]>> original = new LinkedHashMap<>();
        Map<String, String> last = new LinkedHashMap<>();
        forEach(kept, field, form, (entry, whole) -> {
            original.computeIfAbsent(entry.key(), k -> new ArrayList<>(1)).add(whole);
            last.put(entry.key(), entry.value());
        });
        entries.forEach((key, value) -> {
            if (value.equals(last.get(key))) {
                original.getOrDefault(key, List.of()).forEach(whole -> w.extra(Extra.of(whole)));
            } else {
                w.message(field, plain.of(key, value));
            }
        });
    }

    /// An entry as it is usually written.
    interface Plain {
        WireWriter of(String key, String value);
    }

    /// Keys that the metadata of a model has more than once.
    public static Set<String> metadataTwice(Extra model) {
        return twice(model, Proto.ModelField.METADATA, ModelReader::metadata);
    }

    /// Domains of operator sets that a model imports more than once.
    public static Set<String> importsTwice(Extra model) {
        return twice(model, Proto.ModelField.OPSET_IMPORT, ModelReader::opset);
    }

    /// The kept fields of a model without its imports and metadata.
    static Extra without(Extra model) {
        Extra others = ExtraScan.only(model, Proto.ModelField.OPSET_IMPORT, false);
        return ExtraScan.only(others, Proto.ModelField.METADATA, false);
    }

    private static Set<String> twice(Extra kept, int field, Form form) {
        Set<String> once = new HashSet<>();
        Set<String> twice = new TreeSet<>();
        forEach(kept, field, form, (entry, whole) -> {
            if (!once.add(entry.key())) {
                twice.add(entry.key());
            }
        });
        return twice;
    }

    /// Visits the fields of this number among `kept`, each with its bytes.
    static void forEach(Extra kept, int field, Form form, BiConsumer<Entry, byte[]> visit) {
        Extra all = ExtraScan.only(kept, field, true);
        try {
            WireReader r = WireReader.of(MemorySegment.ofArray(all.wire()));
            while (r.next()) {
                WireReader.Span whole = r.skipWhole();
                visit.accept(of(r.at(whole), form), r.copy(whole));
            }
        } catch (WireFault f) {
            throw new IllegalStateException("fields that were read before are no longer readable", f);
        }
    }

    private static Entry of(WireReader whole, Form form) throws WireFault {
        return whole.next() ? form.read(whole.message()) : new Entry("", "", false);
    }
}
