package dev.lathe.graph.op;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.DimTerms;
import java.util.Optional;

/// Extents from differences: what would be below 0 is 0. A named size counts as ≥ 1, so that `n − 1` stays as it is;
/// one that the user sets to 0 is worked out with that 0 anyway.
public final class Extents {
    /// Larger formulas are only looked at as they are: another form of them is work for nothing where pools or slices
    /// follow each other by the thousand.
    private static final int MOST_TERMS = 64;

    private Extents() {}

    /// max(d, 0), as `d` itself where that is the same.
    public static Dim atLeastZero(Dim d) {
        return isAtLeastZero(d) ? d : DimMath.max(d, Dim.of(0));
    }

    /// Whether the amount is ≥ 0 where every named size is ≥ 1, as far as its coefficients show.
    public static boolean isAtLeastZero(Dim d) {
        return DimMath.nonNegative(d)
                || DimTerms.count(d) <= MOST_TERMS
                        && DimMath.nonNegative(
                                DimMath.substitute(d, name -> Optional.of(DimMath.add(Dim.symbol(name), 1))));
    }
}
