package dev.lathe.graph.io.onnx;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Looks for names in a message whose fields are not known one by one: wherever one stands as a string of its own. It
/// may find one that is there by chance, but misses none.
final class NamesInBytes {
    /// By the first byte of a string's length, then by the length of the whole, the strings as they are written.
    private final Map<Byte, Map<Integer, Map<ByteBuffer, String>>> wanted = new HashMap<>();

    NamesInBytes(Collection<String> names) {
        for (String name : names) {
            byte[] field = new WireWriter().string(1, name).toByteArray();
            // Without the tag: the name may be of any field.
            ByteBuffer text = ByteBuffer.wrap(field, 1, field.length - 1).slice();
            wanted.computeIfAbsent(text.get(0), k -> new HashMap<>())
                    .computeIfAbsent(text.remaining(), k -> new LinkedHashMap<>())
                    .put(text, name);
        }
    }

    Optional<String> firstIn(byte[] message) {
        for (int i = 0; i < message.length; i++) {
            for (var of : wanted.getOrDefault(message[i], Map.of()).entrySet()) {
                int length = of.getKey();
                String found =
                        i + length > message.length ? null : of.getValue().get(ByteBuffer.wrap(message, i, length));
                if (found != null) {
                    return Optional.of(found);
                }
            }
        }
        return Optional.empty();
    }
}
