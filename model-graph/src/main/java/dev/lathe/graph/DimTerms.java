package dev.lathe.graph;

import java.util.Collection;
import java.util.function.Consumer;

/// The names and numbers that a dimension is made of: one where it is a name or a number alone, many where it is a
/// formula.
public final class DimTerms {
    /// Four for each of the 1,024 elements that are followed at most.
    private static final int LARGEST_CONTENT = 2 * DimMath.LARGEST;

    private DimTerms() {}

    /// Calls `visit` with each name that occurs in a dimension.
    public static void names(Dim dim, Consumer<String> visit) {
        switch (dim) {
            case Dim.Symbol s -> visit.accept(s.name());
            case Dim.Expr e -> {
                names(e.left(), visit);
                names(e.right(), visit);
            }
            case Dim.Fixed f -> {}
            case Dim.Unknown u -> {}
        }
    }

    /// How many names and numbers there are, the same one counted each time.
    public static long count(Dim dim) {
        return dim instanceof Dim.Expr(Dim.Op op, Dim left, Dim right) ? count(left) + count(right) : 1;
    }

    /// Whether a tensor may hold these amounts: together they have few names and numbers. A tensor has
    /// hundreds of elements and a model thousands of tensors, so that as many for each element as one size may
    /// have would outgrow memory and time.
    public static boolean isContent(Collection<Dim> elements) {
        int budget = LARGEST_CONTENT;
        for (Dim d : elements) {
            // A number alone takes no more room than in any tensor.
            if (d instanceof Dim.Expr) {
                budget = left(d, budget);
                if (budget < 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /// What is left of `budget` once every name and number of `d` has taken one; stops looking below 0.
    static int left(Dim d, int budget) {
        return budget >= 0 && d instanceof Dim.Expr e ? left(e.right(), left(e.left(), budget)) : budget - 1;
    }
}
