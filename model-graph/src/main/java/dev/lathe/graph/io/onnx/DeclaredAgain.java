package dev.lathe.graph.io.onnx;

import dev.lathe.graph.Extra;
import dev.lathe.graph.Value;

/// Inputs and outputs of a graph that are declared once more, in the same words, among the graph's other values: what
/// ONNX Runtime writes. The reader leaves a mark among the value's extra fields, so that the writer says it again;
/// whatever the value is declared as by then.
final class DeclaredAgain {
    private static final byte[] WIRE =
            new WireWriter().string(Proto.ValueField.NAME, "").toByteArray();

    private DeclaredAgain() {}

    static Value mark(Value value) {
        ExtraFields marked = new ExtraFields();
        if (!value.extra().isEmpty()) {
            marked.add(value.extra().wire());
        }
        marked.add(WIRE.clone());
        return new Value(value.id(), value.name(), value.declared(), marked.done());
    }

    static boolean isOn(Value value) {
        return ExtraScan.has(value.extra(), Proto.ValueField.NAME);
    }

    static Extra without(Extra value) {
        return ExtraScan.only(value, Proto.ValueField.NAME, false);
    }
}
