package dev.lathe.graph.io.onnx;

import dev.lathe.core.LatheException;
import dev.lathe.graph.Attr;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.io.onnx.Proto.AttributeField;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Reads AttributeProtos. Which of its fields counts is said by its type; files older than IR 2 leave the
/// type out, then it is the field that is there.
final class AttributeReader {
    private final Reading reading;
    private final Scope scope;
    private final int depth;

    AttributeReader(Reading reading, Scope scope, int depth) {
        this.reading = reading;
        this.scope = scope;
        this.depth = depth;
    }

    Attrs read(List<WireReader.Span> spans, WireReader file, String owner) throws WireFault, LatheException {
        List<Attrs.Entry> entries = new ArrayList<>(spans.size());
        for (WireReader.Span span : spans) {
            try {
                entries.add(new OneAttribute(owner).read(file, span));
            } catch (WireFault f) {
                throw f.inside("an attribute of " + owner);
            }
        }
        return new Attrs(entries);
    }

    private final class OneAttribute {
        private final String owner;
        private final ExtraFields extra = new ExtraFields();
        private final List<Long> ints = new ArrayList<>(0);
        private final List<Float> floats = new ArrayList<>(0);
        private final List<String> strings = new ArrayList<>(0);
        private final List<Tensor> tensors = new ArrayList<>(0);
        private final List<Graph> graphs = new ArrayList<>(0);
        private String name = "";
        private String ref = "";
        private int type;
        private int seen;
        private boolean opaque;
        private Optional<Attr> single = Optional.empty();
        private final Pieces tensor = new Pieces();
        private Optional<GraphReader> graph = Optional.empty();

        OneAttribute(String owner) {
            this.owner = owner;
        }

        Attrs.Entry read(WireReader file, WireReader.Span span) throws WireFault, LatheException {
            peek(file.at(span).as(Wire.ATTRIBUTE));
            if (!opaque && ref.isEmpty()) {
                WireReader r = file.at(span).as(Wire.ATTRIBUTE);
                int wanted = fieldOf(type);
                while (r.next()) {
                    if (r.field() == wanted) {
                        value(r);
                    } else if (r.field() == AttributeField.NAME || r.field() == AttributeField.TYPE) {
                        r.skip();
                    } else {
                        extra.keep(r);
                    }
                }
            } else if (!opaque) {
                keepUnmodelled(file.at(span).as(Wire.ATTRIBUTE));
            }
            Optional<Attr> value = opaque ? Optional.empty() : finished();
            if (value.isEmpty()) {
                ExtraFields whole = new ExtraFields();
                WireReader r = file.at(span).as(Wire.ATTRIBUTE);
                while (r.next()) {
                    whole.keep(r);
                }
                return new Attrs.Entry(name, new Attr.OpaqueAttr(whole.done()), dev.lathe.graph.Extra.NONE);
            }
            return new Attrs.Entry(name, value.get(), extra.done());
        }

        /// Name, type and reference come first in no particular place.
        private void peek(WireReader r) throws WireFault {
            while (r.next()) {
                switch (r.field()) {
                    case AttributeField.NAME -> name = r.string();
                    case AttributeField.TYPE -> type = (int) r.varint();
                    case AttributeField.REF -> ref = r.string();
                    case AttributeField.F,
                            AttributeField.I,
                            AttributeField.S,
                            AttributeField.T,
                            AttributeField.G,
                            AttributeField.FLOATS,
                            AttributeField.INTS,
                            AttributeField.STRINGS,
                            AttributeField.TENSORS,
                            AttributeField.GRAPHS,
                            AttributeField.TP -> {
                        seen = r.field();
                        r.skip();
                    }
                    default -> r.skip();
                }
            }
            if (type == 0 && ref.isEmpty()) {
                type = typeOf(seen);
                FileForm.markUntyped(extra);
            }
            opaque = type == 0 || ref.isEmpty() && fieldOf(type) == 0;
        }

        private void keepUnmodelled(WireReader r) throws WireFault {
            while (r.next()) {
                switch (r.field()) {
                    case AttributeField.NAME, AttributeField.TYPE, AttributeField.REF -> r.skip();
                    default -> extra.keep(r);
                }
            }
        }

        private void value(WireReader r) throws WireFault, LatheException {
            switch (r.field()) {
                case AttributeField.F -> single = Optional.of(new Attr.FloatAttr(Float.intBitsToFloat(r.fixed32())));
                case AttributeField.I -> single = Optional.of(new Attr.IntAttr(r.varint()));
                case AttributeField.S -> single = Optional.of(string(r.bytes()));
                case AttributeField.T -> tensor.add(r.message());
                case AttributeField.G -> {
                    GraphReader reader = graph.orElseGet(() -> new GraphReader(reading, scope.nested(), depth + 1));
                    graph = Optional.of(reader);
                    reader.gather(r.message());
                }
                case AttributeField.TP -> {
                    WireReader.Span whole = r.skipWhole();
                    WireReader again = r.at(whole);
                    ValueType t = again.next() ? TypeReader.read(again.message()) : ValueType.unknown();
                    // A type in pieces is kept as it came, and no piece counts as the type.
                    opaque |= single.isPresent();
                    single = Optional.of(new Attr.TypeAttr(t));
                    opaque |= !Arrays.equals(r.copy(whole), TypeWriter.field(AttributeField.TP, t));
                }
                case AttributeField.FLOATS -> {
                    WireReader packed = r.isBytes() ? r.message() : r;
                    do {
                        if (packed.position() < packed.claimedEnd()) {
                            floats.add(Float.intBitsToFloat(packed.fixed32()));
                        }
                    } while (packed != r && packed.position() < packed.claimedEnd());
                }
                case AttributeField.INTS -> {
                    WireReader packed = r.isBytes() ? r.message() : r;
                    do {
                        if (packed.position() < packed.claimedEnd()) {
                            ints.add(packed.varint());
                        }
                    } while (packed != r && packed.position() < packed.claimedEnd());
                }
                case AttributeField.STRINGS -> {
                    byte[] bytes = r.bytes();
                    String text = new String(bytes, StandardCharsets.UTF_8);
                    opaque |= !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes);
                    strings.add(text);
                }
                case AttributeField.TENSORS ->
                    tensors.add(TensorReader.attribute(reading, r.message(), owner + " " + name));
                case AttributeField.GRAPHS -> graphs.add(graph(r));
                default -> extra.keep(r);
            }
        }

        private Graph graph(WireReader r) throws WireFault, LatheException {
            return new GraphReader(reading, scope.nested(), depth + 1).read(r.message());
        }

        private Attr string(byte[] bytes) {
            String text = new String(bytes, StandardCharsets.UTF_8);
            return Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)
                    ? new Attr.StringAttr(text, false)
                    : new Attr.StringAttr(new String(bytes, StandardCharsets.ISO_8859_1), true);
        }

        /// The value, or nothing where only the original bytes say what it is.
        private Optional<Attr> finished() throws WireFault, LatheException {
            if (opaque) {
                return Optional.empty();
            }
            if (!tensor.isEmpty()) {
                return Optional.of(new Attr.TensorAttr(
                        TensorReader.attribute(tensor.reading(reading), tensor.together(), owner + " " + name)));
            }
            if (graph.isPresent()) {
                return Optional.of(new Attr.GraphAttr(graph.get().build()));
            }
            if (!ref.isEmpty()) {
                return Optional.of(new Attr.RefAttr(ref, type));
            }
            return switch (type) {
                case AttributeField.TYPE_FLOAT -> Optional.of(single.orElse(Attr.of(0f)));
                case AttributeField.TYPE_INT -> Optional.of(single.orElse(Attr.of(0L)));
                case AttributeField.TYPE_STRING -> Optional.of(single.orElse(Attr.of("")));
                case AttributeField.TYPE_TENSOR, AttributeField.TYPE_GRAPH, AttributeField.TYPE_TYPE_PROTO -> single;
                case AttributeField.TYPE_FLOATS -> Optional.of(new Attr.FloatsAttr(floats));
                case AttributeField.TYPE_INTS -> Optional.of(new Attr.IntsAttr(ints));
                case AttributeField.TYPE_STRINGS -> Optional.of(new Attr.StringsAttr(strings));
                case AttributeField.TYPE_TENSORS -> Optional.of(new Attr.TensorsAttr(tensors));
                case AttributeField.TYPE_GRAPHS -> Optional.of(new Attr.GraphsAttr(graphs));
                default -> Optional.empty();
            };
        }
    }

    /// The field that holds an attribute of this type; 0 for types that are kept as they are.
    private static int fieldOf(int type) {
        return switch (type) {
            case AttributeField.TYPE_FLOAT -> AttributeField.F;
            case AttributeField.TYPE_INT -> AttributeField.I;
            case AttributeField.TYPE_STRING -> AttributeField.S;
            case AttributeField.TYPE_TENSOR -> AttributeField.T;
            case AttributeField.TYPE_GRAPH -> AttributeField.G;
            case AttributeField.TYPE_FLOATS -> AttributeField.FLOATS;
            case AttributeField.TYPE_INTS -> AttributeField.INTS;
            case AttributeField.TYPE_STRINGS -> AttributeField.STRINGS;
            case AttributeField.TYPE_TENSORS -> AttributeField.TENSORS;
            case AttributeField.TYPE_GRAPHS -> AttributeField.GRAPHS;
            case AttributeField.TYPE_TYPE_PROTO -> AttributeField.TP;
            default -> 0;
        };
    }

    private static int typeOf(int field) {
        for (int type = 1; type <= AttributeField.TYPE_TYPE_PROTO; type++) {
            if (field != 0 && fieldOf(type) == field) {
                return type;
            }
        }
        return 0;
    }
}
