package dev.lathe.graph.edit;

import dev.lathe.graph.ValueType;

/// What an output of a graph is declared to be once another tensor is given under its name.
final class EndType {
    private EndType() {}

    /// A declaration goes on to be true of a tensor that is inferred to be the same. Of another one it would be a false
    /// word to callers, who size their buffers by it. Where nothing was declared, nothing need be.
    ///
    /// @param declared of the output before
    /// @param was what is inferred of the tensor that was given before
    /// @param is what is inferred of the one that is given now; when unknown, the declaration is all there is
    static ValueType of(ValueType declared, ValueType was, ValueType is) {
        boolean open = declared instanceof ValueType.UnknownType || is instanceof ValueType.UnknownType;
        return open || is.equals(was) ? declared : is;
    }
}
