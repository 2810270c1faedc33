package dev.lathe.graph;

/// A tensor (or sequence, optional, map) that flows through a graph. `declared` is the type that the file
/// states, unknown when it states none; inferred types lie beside the graph. `extra` holds unmodelled fields
/// of the declaration.
public record Value(ValueId id, String name, ValueType declared, Extra extra) {
    public static Value of(ValueId id, String name, ValueType declared) {
        return new Value(id, name, declared, Extra.NONE);
    }

    public Value withDeclared(ValueType type) {
        return new Value(id, name, type, extra);
    }

    public Value withName(String newName) {
        return new Value(id, newName, declared, extra);
    }
}
