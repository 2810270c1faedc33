package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.op.InferContext;
import java.util.Collections;
import java.util.List;

/// Extents of inputs whose rank an operator fixes, and of outputs that the content of inputs states.
final class Extents {
    private Extents() {}

    /// The extents of an input; as many unknown ones where it has another rank or none is known.
    static List<Dim> of(InferContext c, int input, int rank) {
        return c.dims(input).filter(d -> d.size() == rank).orElseGet(() -> Collections.nCopies(rank, Dim.unknown()));
    }

    /// The number that an input of one element holds, which is this extent of an output.
    static Dim number(InferContext c, int input, int output, int axis) {
        return c.elements(input).filter(e -> e.size() == 1).map(List::getFirst).orElseGet(() -> open(c, output, axis));
    }

    /// A name for an extent that only data tells, where the node has that output at all.
    static Dim open(InferContext c, int output, int axis) {
        return c.node().output(output).isPresent() ? c.named(output, axis) : Dim.unknown();
    }
}
