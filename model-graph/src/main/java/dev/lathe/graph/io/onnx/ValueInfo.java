package dev.lathe.graph.io.onnx;

import dev.lathe.graph.Extra;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A ValueInfoProto: a name and a declared type. `extra` has the whole type field as well when the type alone
/// would not give the same bytes again (denotations, opaque types, −1 as an extent).
record ValueInfo(String name, ValueType type, Extra extra) {

    static ValueInfo untyped(String name) {
        return new ValueInfo(name, ValueType.unknown(), Extra.NONE);
    }

    static ValueInfo read(WireReader r) throws WireFault {
        ExtraFields extra = new ExtraFields();
        String name = "";
        TypeReader pieces = new TypeReader();
        List<byte[]> kept = new ArrayList<>(0);
        try {
            r.as(Wire.VALUE);
            while (r.next()) {
                if (r.field() == Proto.ValueField.NAME) {
                    name = r.string();
                } else if (r.field() == Proto.ValueField.TYPE) {
                    WireReader.Span whole = r.skipWhole();
                    WireReader again = r.at(whole);
                    if (again.next()) {
                        pieces.gather(again.message());
                    }
                    kept.add(r.copy(whole));
                } else {
                    extra.keep(r);
                }
            }
        } catch (WireFault f) {
            throw f.inside("the declaration of '" + name + "'");
        }
        ValueType type = pieces.type();
        // A type that says nothing is not written unless it is kept here.
        if (type instanceof ValueType.UnknownType
                || kept.size() > 1
                || !Arrays.equals(kept.getFirst(), TypeWriter.field(Proto.ValueField.TYPE, type))) {
            kept.forEach(extra::add);
        }
        return new ValueInfo(name, type, extra.done());
    }

    boolean sameAs(ValueInfo other) {
        return type.equals(other.type) && extra.equals(other.extra);
    }

    /// Whether `value` states just this of itself.
    boolean declares(@Nullable Value value) {
        return value != null && type.equals(value.declared()) && extra.equals(value.extra());
    }

    Value toValue(ValueId id) {
        return new Value(id, name, type, extra);
    }

    /// This declaration as a whole field in wire form.
    byte[] asField(int number) {
        return GraphWriter.declaration(number, name, type, extra).toByteArray();
    }
}
