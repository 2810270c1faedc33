package dev.lathe.graph.op;

import java.util.Optional;

/// One formal input or output of an operator. `type` is a type variable such as `T`, which all parameters of
/// that name share, or an element type in lower case such as `int64`, or empty where the operator decides.
///
/// @param ranks how many axes it may have, where that is the same for all nodes
public record Param(String name, String type, Arity arity, Optional<Ranks> ranks) {
    Param(String name, String type, Arity arity) {
        this(name, type, arity, Optional.empty());
    }

    /// Both ends included; from the version `since` of the operator set on.
    public record Ranks(int least, int most, int since) {
        boolean allow(int rank) {
            return rank >= least && rank <= most;
        }

        String words() {
            return least == most
                    ? "rank " + least
                    : most == Integer.MAX_VALUE ? "a rank of at least " + least : "a rank of " + least + " to " + most;
        }
    }

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
