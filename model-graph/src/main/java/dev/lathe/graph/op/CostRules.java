package dev.lathe.graph.op;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueType;
import java.util.List;

/// Cost rules that many operators share.
///
/// Conventions: a multiply-accumulate is 2 FLOPs. An elementwise operator costs a fixed weight per output
/// element, documented at the operator: 1 for add, subtract, multiply, divide, negate, absolute value,
/// comparison, logic, minimum, maximum, select, rounding; 4 for exp, log, sqrt, pow, erf, tanh, sigmoid,
/// trigonometry and their kin, which take a polynomial or a table; compositions sum their parts. Integer
/// arithmetic counts like floating point. Pure data movement is known to be 0 FLOPs; views read and write
/// nothing.
public final class CostRules {
    /// FLOPs per element of a function that hardware has no single instruction for.
    public static final int TRANSCENDENTAL = 4;

    private CostRules() {}

    public static OpCost elementwise(CostContext c, int flopsPerElement) {
        return OpCost.ofFlops(DimMath.mul(c.outputCount(0), flopsPerElement));
    }

    public static OpCost perInputElement(CostContext c, int flopsPerElement) {
        return OpCost.ofFlops(DimMath.mul(c.inputCount(0), flopsPerElement));
    }

    /// Copies, no arithmetic.
    public static OpCost movement(CostContext c) {
        return OpCost.FREE;
    }

    /// Nothing moves: the output is the input under another shape.
    public static OpCost view(CostContext c) {
        return OpCost.FREE.reading(Dim.of(0)).writing(Dim.of(0));
    }

    /// Copies of selected elements: as many are read as written, and `selector` inputs wholly.
    public static OpCost selection(CostContext c, int... selectors) {
        Dim read = CostContext.bytes(c.output(0));
        for (int s : selectors) {
            if (c.has(s)) {
                read = DimMath.add(read, CostContext.bytes(c.input(s)));
            }
        }
        return OpCost.FREE.reading(read);
    }

    /// A matrix product whose output 0 sums over the last axis of input `a`.
    public static OpCost matmul(CostContext c, int a) {
        return OpCost.ofMacs(DimMath.mul(c.outputCount(0), c.dim(a, -1)), Dim.of(0));
    }

    /// A convolution: output elements × weights per output channel; a bias adds 1 per output element.
    public static OpCost conv(CostContext c, int w, int bias) {
        Dim perElement = product(c.input(w), 1);
        Dim others = c.has(bias) ? c.outputCount(0) : Dim.of(0);
        return OpCost.ofMacs(DimMath.mul(c.outputCount(0), perElement), others);
    }

    /// A transposed convolution: every input element meets all weights of its channel.
    public static OpCost convTranspose(CostContext c, int x, int w, int bias) {
        Dim others = c.has(bias) ? c.outputCount(0) : Dim.of(0);
        return OpCost.ofMacs(DimMath.mul(c.inputCount(x), product(c.input(w), 1)), others);
    }

    /// Pooling: `perElement` operations for each element of each window.
    public static OpCost pool(CostContext c, int perElement) {
        return OpCost.ofFlops(DimMath.mul(DimMath.mul(c.outputCount(0), Windows.kernelSize(c)), perElement));
    }

    /// A recurrent layer of `gates` gates over X [steps, batch, input] with W [directions, gates·hidden, input]
    /// and R [directions, gates·hidden, hidden]: two products per step and `perState` FLOPs per hidden element.
    public static OpCost recurrent(CostContext c, int perState) {
        return recurrent(c, perState, 2);
    }

    /// The same with the width of the state on this axis of R.
    public static OpCost recurrent(CostContext c, int perState, int width) {
        Dim runs = DimMath.mul(c.dim(0, 0), c.dim(0, 1));
        Dim macs = DimMath.mul(runs, DimMath.add(c.inputCount(1), c.inputCount(2)));
        Dim states = DimMath.mul(runs, DimMath.mul(c.dim(1, 0), c.dim(2, width)));
        return OpCost.ofMacs(macs, DimMath.mul(states, perState));
    }

    /// Softmax attention of `heads·size` wide queries: two products over queries × keys, and a softmax of 8
    /// FLOPs (scale, maximum, subtract, exp, sum and divide) per score.
    public static OpCost attention(Dim batch, Dim queries, Dim keys, Dim heads, Dim size, Dim valueSize) {
        Dim scores = DimMath.mul(DimMath.mul(batch, heads), DimMath.mul(queries, keys));
        return OpCost.ofMacs(
                DimMath.mul(scores, DimMath.add(size, valueSize)), DimMath.mul(scores, 4 + TRANSCENDENTAL));
    }

    /// The product of the extents from axis `from` on.
    public static Dim product(ValueType type, int from) {
        return type.shape() instanceof Shape.Ranked(List<Dim> dims) && from <= dims.size()
                ? DimMath.product(dims.subList(from, dims.size()))
                : Dim.unknown();
    }
}
