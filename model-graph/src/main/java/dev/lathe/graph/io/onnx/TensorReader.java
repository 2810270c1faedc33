package dev.lathe.graph.io.onnx;

import dev.lathe.core.LatheException;
import dev.lathe.graph.DType;
import dev.lathe.graph.Shape;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.data.Weights;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Reads TensorProto without touching its bytes: raw data, packed floats and external data become slices of
/// the mapped file. Only numbers stored as varints are decoded (outside the heap), since they have no other
/// layout.
final class TensorReader {
    private final Reading reading;
    private final WireReader.Span message;
    private final WireReader start;
    private final List<Long> dims = new ArrayList<>(4);
    private final ExtraFields extra = new ExtraFields();
    private final ExternalEntries external = new ExternalEntries();
    private long strings;
    private boolean isExternal;
    private int code;
    private String name = "";
    private Optional<WireReader.Span> raw = Optional.empty();
    private final TypedData typed = new TypedData();

    /// A tensor and its name in the file.
    record Named(String name, Tensor tensor, long offset) {}

    private TensorReader(Reading reading, WireReader r) {
        this.reading = reading;
        this.start = r.as(Wire.TENSOR);
        this.message = new WireReader.Span(r.position(), r.claimedEnd() - r.position());
    }

    /// An initializer: its name is not kept in the tensor's extra fields.
    static Named initializer(Reading reading, WireReader r) throws WireFault, LatheException {
        TensorReader t = new TensorReader(reading, r);
        t.collect(false);
        return new Named(t.name, t.tensor(), t.message.offset());
    }

    /// A tensor inside an attribute: a name that it may have is kept as an extra field.
    static Tensor attribute(Reading reading, WireReader r, String owner) throws WireFault, LatheException {
        TensorReader t = new TensorReader(reading, r);
        t.collect(true);
        if (t.name.isEmpty()) {
            t.name = owner;
        }
        return t.tensor();
    }

    private void collect(boolean keepName) throws WireFault {
        try {
            walk(keepName);
        } catch (WireFault f) {
            String called = name.isEmpty() ? nameAhead() : name;
            throw f.inside("weight " + (called.isEmpty() ? "" : called + " ") + dims);
        }
    }

    /// Most writers put the name last: behind a fault it is still to come.
    private String nameAhead() {
        String found = "";
        try {
            WireReader r = again();
            while (r.next()) {
                if (r.field() == Proto.TensorField.NAME) {
                    found = r.string();
                } else {
                    r.skip();
                }
            }
        } catch (WireFault unreadable) {
            return found;
        }
        return found;
    }

    private WireReader again() {
        return start.at(message).as(Wire.TENSOR);
    }

    private void walk(boolean keepName) throws WireFault {
        WireReader r = start;
        while (r.next()) {
            switch (r.field()) {
                case Proto.TensorField.DIMS -> dims(r);
                case Proto.TensorField.DATA_TYPE -> code = (int) r.varint();
                case Proto.TensorField.NAME -> {
                    if (keepName) {
                        WireReader.Span whole = r.skipWhole();
                        extra.add(r.copy(whole));
                        WireReader again = r.at(whole);
                        name = again.next() ? again.string() : "";
                    } else {
                        name = r.string();
                    }
                }
                case Proto.TensorField.RAW_DATA -> raw = Optional.of(r.span());
                case Proto.TensorField.FLOAT_DATA,
                        Proto.TensorField.DOUBLE_DATA,
                        Proto.TensorField.INT32_DATA,
                        Proto.TensorField.INT64_DATA,
                        Proto.TensorField.UINT64_DATA -> typed.note(r);
                case Proto.TensorField.STRING_DATA -> {
                    strings++;
                    r.skip();
                }
                case Proto.TensorField.EXTERNAL_DATA -> external.read(r);
                case Proto.TensorField.DATA_LOCATION -> isExternal = r.varint() == 1;
                default -> extra.keep(r);
            }
        }
    }

    private void dims(WireReader r) throws WireFault {
        if (r.isVarint()) {
            dim(r.varint(), r);
            return;
        }
        WireReader packed = r.message();
        while (packed.position() < packed.claimedEnd()) {
            dim(packed.varint(), packed);
        }
    }

    private void dim(long size, WireReader r) throws WireFault {
        if (size < 0) {
            throw WireFault.malformed(r.position(), "a tensor has the negative extent " + size);
        }
        if (dims.size() == Shape.MOST_AXES) {
            throw WireFault.malformed(r.position(), "a tensor has more than " + Shape.MOST_AXES + " dimensions");
        }
        dims.add(size);
    }

    private Tensor tensor() throws WireFault, LatheException {
        Optional<DType> known = DType.ofOnnxCode(code);
        if (known.isEmpty()) {
            throw reading.error(
                    "unknown-dtype",
                    "tensor '" + name + "' has the element type number " + code + ", which is not one we know",
                    message.offset());
        }
        DType dtype = known.get();
        long elements;
        long needed;
        try {
            elements = dims.stream().reduce(1L, Math::multiplyExact);
            needed = dtype.bytesFor(elements);
        } catch (ArithmeticException e) {
            throw reading.error(
                    "tensor-size-mismatch",
                    "tensor '" + name + "' has the shape " + dims + ", which no memory holds",
                    message.offset());
        }
        Weights data = dtype == DType.STRING ? strings(elements) : numbers(dtype, elements, needed);
        return new Tensor(dtype, dims, data, extra.done());
    }

    private Weights strings(long elements) throws WireFault, LatheException {
        if (raw.isPresent()) {
            return odd(raw.get().length() + " raw bytes", elements + " strings", message.offset(), 0);
        }
        if (strings != elements) {
            return odd(strings + " strings", elements + " strings", message.offset(), 0);
        }
        keepBesides(Proto.TensorField.STRING_DATA);
        List<String> texts = new ArrayList<>();
        boolean areText = true;
        WireReader r = again();
        while (r.next()) {
            if (r.field() == Proto.TensorField.STRING_DATA) {
                byte[] bytes = r.bytes();
                String text = new String(bytes, StandardCharsets.UTF_8);
                areText &= Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes);
                texts.add(text);
            } else {
                r.skip();
            }
        }
        if (!areText) {
            // Not UTF-8: the original fields go along, and the writer prefers them.
            extra.add(OddContent.fieldsOf(again(), Set.of(Proto.TensorField.STRING_DATA)));
        }
        return new Weights.Strings(texts);
    }

    private Weights numbers(DType dtype, long elements, long needed) throws WireFault, LatheException {
        if (isExternal) {
            return external(needed);
        }
        if (raw.isPresent()) {
            WireReader.Span span = raw.get();
            if (span.length() != needed) {
                return odd(span.length() + " bytes", needed + " bytes", span.offset(), needed);
            }
            keepBesides(Proto.TensorField.RAW_DATA);
            return reading.content(start, span);
        }
        if (typed.isPresent()) {
            Optional<Weights> decoded = typed.decode(reading, again(), dtype, elements, needed);
            if (decoded.isEmpty()) {
                return odd(
                        TypedData.count(again(), dtype) + " stored values",
                        "as many as " + elements + " elements of " + dtype.text() + " take",
                        typed.offset(),
                        needed);
            }
            keepBesides(TypedData.fieldOf(dtype));
            return decoded.get();
        }
        if (strings > 0) {
            return odd(strings + " strings", needed + " bytes", message.offset(), needed);
        }
        return needed == 0
                ? Weights.Heap.of(new byte[0])
                : new Weights.Missing(needed, "the file holds no data for tensor '" + name + "'");
    }

    private Weights external(long needed) throws WireFault, LatheException {
        if (external.isRepeated(ExternalEntries.LOCATION)) {
            throw reading.error(
                    "model-malformed",
                    "tensor '" + name + "' has the external data location more than once",
                    message.offset());
        }
        ExternalMark.put(extra);
        external.keepFurther(extra);
        keepBesides(Proto.TensorField.EXTERNAL_DATA);
        OptionalLong offset = number(ExternalEntries.OFFSET);
        OptionalLong length = number(ExternalEntries.LENGTH);
        return reading.external()
                .find(
                        name,
                        external.value(ExternalEntries.LOCATION).orElse(""),
                        offset.orElse(0),
                        // ONNX Runtime and the standard's own library take 0 for not told.
                        length.orElse(0) == 0 ? OptionalLong.empty() : length,
                        needed);
    }

    private OptionalLong number(String key) throws LatheException {
        Optional<String> text = external.value(key);
        try {
            if (text.isPresent() && text.get().startsWith("+")) {
                throw new NumberFormatException("a sign that ONNX Runtime does not take");
            }
            return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text.get()));
        } catch (NumberFormatException e) {
            throw reading.error(
                    "model-malformed",
                    "tensor '" + name + "' has the external data " + key + " '" + text.get()
                            + "', which is not a number",
                    message.offset());
        }
    }

    /// One field of content counts; what there is in others is kept.
    private void keepBesides(int counting) throws WireFault, LatheException {
        Set<Integer> others = new HashSet<>(typed.fields());
        if (strings > 0) {
            others.add(Proto.TensorField.STRING_DATA);
        }
        if (raw.isPresent()) {
            others.add(Proto.TensorField.RAW_DATA);
        }
        if (!external.isEmpty()) {
            others.add(Proto.TensorField.EXTERNAL_DATA);
        }
        others.remove(counting);
        if (!others.isEmpty()) {
            if (!reading.oddContent().hasRoomFor(message.length())) {
                throw reading.error(
                        "tensor-size-mismatch", "tensor '" + name + "' has its content twice", message.offset());
            }
            extra.add(OddContent.fieldsOf(again(), others));
        }
    }

    /// Content that does not fit is kept as it came; the tensor itself has none then.
    private Weights odd(String has, String needs, long offset, long needed) throws WireFault, LatheException {
        String sentence = "has " + has + ", but its shape " + dims + " needs " + needs;
        if (!reading.oddContent().hasRoomFor(message.length())) {
            throw reading.error("tensor-size-mismatch", "tensor '" + name + "' " + sentence, offset);
        }
        extra.add(OddContent.fieldsOf(again()));
        return new Weights.Missing(needed, "tensor '" + name + "' " + sentence);
    }
}
