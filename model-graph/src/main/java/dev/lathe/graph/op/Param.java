package dev.lathe.graph.op;

/// One formal input or output of an operator. `type` is a type variable such as `T`, which all parameters of
/// that name share, or an element type in lower case such as `int64`, or empty where the operator decides.
public record Param(String name, String type, Arity arity) {

    /// How often the parameter may occur.
    public enum Arity {
        REQUIRED,
        OPTIONAL,
        /// One or more, always last.
        VARIADIC
    }

    public boolean isVariable() {
        return !type.isEmpty() && Character.isUpperCase(type.charAt(0));
    }
}
