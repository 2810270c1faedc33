package dev.lathe.graph.text;

import dev.lathe.core.LatheException;
import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Extra;
import dev.lathe.graph.Shape;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.data.Weights;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Parses types and constant tensors.
final class TypeParser {
    private final Lexer in;
    private int depth;

    TypeParser(Lexer in) {
        this.in = in;
    }

    ValueType type() throws LatheException {
        if (in.accept("sparse")) {
            return new ValueType.SparseTensorType(dtype(), shape());
        }
        if (in.accept("seq")) {
            return new ValueType.SequenceType(inParentheses());
        }
        if (in.accept("optional")) {
            return new ValueType.OptionalType(inParentheses());
        }
        if (in.accept("map")) {
            in.expect("(");
            deeper();
            DType key = dtype().orElseThrow(() -> in.error("a map needs the type of its keys"));
            in.expect(",");
            ValueType value = type();
            in.expect(")");
            depth--;
            return new ValueType.MapType(key, value);
        }
        Optional<DType> dtype = dtype();
        return dtype.isEmpty() && !in.is("[") ? ValueType.unknown() : new ValueType.TensorType(dtype, shape());
    }

    private ValueType inParentheses() throws LatheException {
        in.expect("(");
        deeper();
        ValueType t = type();
        in.expect(")");
        depth--;
        return t;
    }

    private void deeper() throws LatheException {
        if (++depth > ValueType.DEEPEST) {
            throw in.error("types are nested deeper than " + ValueType.DEEPEST);
        }
    }

    private void another(List<?> dims) throws LatheException {
        if (dims.size() >= Shape.MOST_AXES) {
            throw in.error("a shape of more than " + Shape.MOST_AXES + " dimensions");
        }
    }

    private Optional<DType> dtype() throws LatheException {
        if (in.accept("?")) {
            return Optional.empty();
        }
        Optional<DType> known = DType.ofText(in.token());
        if (known.isEmpty()) {
            throw in.error("expected an element type");
        }
        in.word();
        return known;
    }

    private Shape shape() throws LatheException {
        in.expect("[");
        if (in.accept("...")) {
            in.expect("]");
            return Shape.unranked();
        }
        List<Dim> dims = new ArrayList<>();
        while (!in.accept("]")) {
            another(dims);
            if (in.accept("?")) {
                dims.add(Dim.unknown());
            } else if (in.kind() == Lexer.Kind.WORD && Words.isInteger(in.token())) {
                dims.add(Dim.of(in.integer()));
            } else {
                dims.add(Dim.symbol(in.name()));
            }
            if (!in.is("]")) {
                in.expect(",");
            }
        }
        return Shape.of(dims);
    }

    Tensor tensor() throws LatheException {
        DType dtype = dtype().orElseThrow(() -> in.error("a constant needs an element type"));
        List<Long> dims = new ArrayList<>();
        in.expect("[");
        while (!in.accept("]")) {
            another(dims);
            long extent = in.integer();
            if (extent < 0) {
                throw in.errorBefore("a constant has no extent below 0, as " + extent + " is");
            }
            dims.add(extent);
            if (!in.is("]")) {
                in.expect(",");
            }
        }
        long elements;
        long size;
        try {
            elements = dims.stream().reduce(1L, Math::multiplyExact);
            size = dtype.bytesFor(elements);
        } catch (ArithmeticException e) {
            throw in.error("a shape that no memory holds");
        }
        Weights content = content(dtype, elements, size);
        return new Tensor(dtype, dims, content, extra("%"));
    }

    /// Fields of the source file that our types do not model, behind a mark.
    Extra extra(String mark) throws LatheException {
        return in.accept(mark) ? Extra.of(hex()) : Extra.NONE;
    }

    /// How many bytes are said to be left out: those of the shape, but for strings, which have a size of their own.
    private long sized(DType dtype, long said, long size) throws LatheException {
        if (dtype == DType.STRING ? said < 0 : said != size) {
            throw in.errorBefore(said + " bytes where the shape needs " + size);
        }
        return said;
    }

    private Weights content(DType dtype, long elements, long size) throws LatheException {
        if (in.accept("elided")) {
            return Weights.Missing.leftOut(sized(dtype, in.integer(), size));
        }
        if (in.accept("missing")) {
            long bytes = sized(dtype, in.integer(), size);
            return new Weights.Missing(bytes, in.string());
        }
        if (in.accept("splat")) {
            long count = in.integer();
            if (count != elements) {
                throw in.errorBefore(count + " elements where the shape needs " + elements);
            }
            in.expect("hex");
            List<Byte> element = new ArrayList<>();
            for (byte b : hex()) {
                element.add(b);
            }
            if (element.isEmpty() || element.size() * 8 != dtype.bits()) {
                throw in.errorBefore(element.size() + " bytes for an element of type " + dtype.text());
            }
            return new Weights.Splat(element, count);
        }
        if (in.accept("hex")) {
            byte[] bytes = hex();
            if (bytes.length != size) {
                throw in.errorBefore(bytes.length + " bytes where the shape needs " + size);
            }
            return Weights.Heap.of(bytes);
        }
        in.expect("{");
        List<String> values = new ArrayList<>();
        while (!in.accept("}")) {
            values.add(dtype == DType.STRING ? in.string() : in.word());
            if (!in.is("}")) {
                in.expect(",");
            }
        }
        if (values.size() != elements) {
            throw in.error(values.size() + " values where the shape needs " + elements);
        }
        if (dtype == DType.STRING) {
            return new Weights.Strings(values);
        }
        byte[] bytes = new byte[Math.toIntExact(size)];
        for (int i = 0; i < values.size(); i++) {
            try {
                Elements.parse(dtype, values.get(i), MemorySegment.ofArray(bytes), i);
            } catch (NumberFormatException e) {
                throw in.error("'" + values.get(i) + "' is no " + dtype.text());
            }
        }
        return Weights.Heap.of(bytes);
    }

    byte[] hex() throws LatheException {
        String digits = in.string();
        try {
            return HexFormat.of().parseHex(digits);
        } catch (IllegalArgumentException e) {
            throw in.error("'" + digits + "' is not hexadecimal");
        }
    }
}
