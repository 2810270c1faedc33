package dev.lathe.profile.input;

import java.util.OptionalLong;
import java.util.TreeSet;

/// What a graph does with an integer (or float) input, as far as that limits its values.
///
/// `extent`: it is an index into that many rows, so it lies in 0…extent−1. `compared`: constants that the graph
/// tests it against. `mask`: an attention operator takes it as its mask, or it is only ever compared, counted
/// and scaled. `size`: an extent, a length or a count is made of it.
public record IntegerUse(OptionalLong extent, TreeSet<Long> compared, boolean mask, boolean size) {}
