package dev.lathe.profile.input;

import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;

/// What a graph does with an integer (or float) input, as far as that limits its values.
///
/// `extent`: it is an index into that many rows, so it lies in 0…extent−1. `compared`: constants that the graph
/// tests it against. `mask`: an attention operator takes it as its mask, or it is only ever compared, counted
/// and scaled. `size`: an extent, a length or a count is made of it. `begins`: something is cut or counted from it on.
/// `turns`: what it must be, in turn, for the nodes that it steers to have something to do ([Steering]).
public record IntegerUse(
        OptionalLong extent, TreeSet<Long> compared, boolean mask, boolean size, boolean begins, List<Filling> turns) {
    public IntegerUse {
        turns = List.copyOf(turns);
    }
}
