package dev.lathe.graph.op.signal;

import dev.lathe.graph.Dim;
import dev.lathe.graph.op.InferContext;
import java.util.List;

/// How long the window of a window function is: its input 0.
final class WindowSize {
    private WindowSize() {}

    /// The length; reports a constant that is not above 0, with which ONNX Runtime does not load the model. A 0 that
    /// the model computes makes an empty window.
    static Dim of(InferContext c) {
        Dim size = c.elements(0).filter(e -> e.size() == 1).map(List::getFirst).orElse(Dim.unknown());
        if (c.constant(0).isPresent() && size instanceof Dim.Fixed(long n) && n <= 0) {
            c.misfit("the size of a window must be above 0, and is " + n);
            return Dim.unknown();
        }
        return size;
    }
}
