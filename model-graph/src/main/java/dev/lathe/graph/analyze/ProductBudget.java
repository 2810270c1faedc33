package dev.lathe.graph.analyze;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimTerms;
import dev.lathe.graph.Model;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueType;
import java.util.List;

/// How many names and numbers are written out where the extents of shapes are multiplied, in one model: eight axes that
/// are sums of two make a product of 256 terms, and each node that such a tensor goes through multiplies them anew.
/// Where they are used up, the elements of further such tensors are not counted.
///
/// Products as short as those of windows over three named axes are not counted, whatever their number is.
final class ProductBudget {
    private static final long LEAST = 100_000;
    private static final long TIMES_THE_NODES = 20;
    private static final long SHORT = 64;

    private long left;

    ProductBudget(Model model) {
        long[] nodes = {0};
        model.graph().forEachGraph(g -> nodes[0] += g.nodes().size());
        left = Math.max(LEAST, TIMES_THE_NODES * nodes[0]);
    }

    /// Whether the elements of a value of this type may be counted once more.
    boolean takes(ValueType type) {
        long names = type.shape() instanceof Shape.Ranked(List<Dim> dims) ? names(dims) : 0;
        if (names <= SHORT) {
            return true;
        }
        if (names > left) {
            return false;
        }
        left -= names;
        return true;
    }

    /// About as many as the product has; 0 where it is unknown.
    private static long names(List<Dim> dims) {
        long terms = 1;
        long inEach = 0;
        for (int i = 0; i < dims.size(); i++) {
            Dim d = dims.get(i);
            if (d instanceof Dim.Unknown) {
                return 0;
            }
            if (d instanceof Dim.Fixed) {
                continue;
            }
            long own = terms(d);
            terms = Math.min(terms * own, Integer.MAX_VALUE);
            inEach += Math.ceilDiv(DimTerms.count(d), own);
        }
        return terms * inEach;
    }

    private static long terms(Dim d) {
        long terms = 1;
        Dim rest = d;
        while (rest instanceof Dim.Expr(Dim.Op op, Dim left, Dim right) && op == Dim.Op.ADD) {
            terms++;
            rest = left;
        }
        return terms;
    }
}
