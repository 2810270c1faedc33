package dev.lathe.graph.text;

import dev.lathe.graph.Tensor;
import dev.lathe.graph.data.Weights;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.StringJoiner;

/// A constant tensor as text: its type, then its values, or only their size.
final class TensorPrinter {
    private final int inlineElements;

    TensorPrinter(int inlineElements) {
        this.inlineElements = inlineElements;
    }

    String print(Tensor t) {
        StringJoiner dims = new StringJoiner(", ", "[", "]");
        t.dims().forEach(d -> dims.add(d.toString()));
        String extra = t.extra().isEmpty() ? "" : " %" + hex(t.extra().wire());
        return t.dtype().text() + dims + " " + content(t) + extra;
    }

    private String content(Tensor t) {
        return switch (t.data()) {
            case Weights.Missing m when m.isLeftOut() -> "elided " + m.byteSize();
            case Weights.Missing(long size, String reason) -> "missing " + size + " " + Words.quoted(reason);
            case Weights.Splat s -> {
                byte[] element = new byte[s.element().size()];
                for (int i = 0; i < element.length; i++) {
                    element[i] = s.element().get(i);
                }
                yield "splat " + s.count() + " hex " + hex(element);
            }
            case Weights.Strings s -> {
                if (s.values().size() > inlineElements) {
                    yield "elided " + s.byteSize();
                }
                StringJoiner all = new StringJoiner(", ", "{", "}");
                s.values().forEach(v -> all.add(Words.quoted(v)));
                yield all.toString();
            }
            case Weights.Mapped m -> numbers(t);
            case Weights.Heap h -> numbers(t);
        };
    }

    private String numbers(Tensor t) {
        long count = t.elements();
        if (count > inlineElements) {
            return "elided " + t.data().byteSize();
        }
        MemorySegment bytes = t.data().bytes().asSlice(0, t.data().byteSize());
        // Numbers read back as other bits (NaNs with a payload), so then the bits are printed.
        byte[] original = bytes.toArray(ValueLayout.JAVA_BYTE);
        byte[] again = new byte[original.length];
        StringJoiner all = new StringJoiner(", ", "{", "}");
        for (long i = 0; i < count; i++) {
            Optional<String> element = Elements.print(t.dtype(), bytes, i);
            if (element.isEmpty()) {
                return "hex " + hex(original);
            }
            Elements.parse(t.dtype(), element.get(), MemorySegment.ofArray(again), i);
            all.add(element.get());
        }
        return Arrays.equals(original, again) ? all.toString() : "hex " + hex(original);
    }

    static String hex(byte[] bytes) {
        return Words.quoted(HexFormat.of().formatHex(bytes));
    }
}
