package dev.lathe.graph.op;

import dev.lathe.graph.Dim;
import dev.lathe.graph.ValueType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// What is known of a list beside the type that all its elements have: how long it is and, for a short one, the type
/// of each.
public record Items(Dim length, Optional<List<ValueType>> each) {
    /// Longer lists are followed as a whole.
    public static final int LIMIT = 256;

    public static final Items NONE = new Items(Dim.of(0), Optional.of(List.of()));

    public static Items of(List<ValueType> each) {
        return new Items(Dim.of(each.size()), each.size() <= LIMIT ? Optional.of(List.copyOf(each)) : Optional.empty());
    }

    /// `length` elements of which nothing but the common type is known, or each when there are few.
    public static Items of(Dim length, ValueType common) {
        return length instanceof Dim.Fixed(long n) && n >= 0 && n <= LIMIT
                ? of(Collections.nCopies((int) n, common))
                : new Items(length, Optional.empty());
    }

    /// The place that an index means, counted from the end when negative; nothing where that is not known or outside.
    ///
    /// @param ends how many places there are after the last element: 1 for insertion
    public static Optional<Integer> place(int size, long index, int ends) {
        long at = index < 0 ? index + size : index;
        return at >= 0 && at < size + ends ? Optional.of((int) at) : Optional.empty();
    }

    public static List<ValueType> inserted(List<ValueType> each, int at, ValueType one) {
        List<ValueType> out = new ArrayList<>(each);
        out.add(at, one);
        return out;
    }

    public static List<ValueType> erased(List<ValueType> each, int at) {
        List<ValueType> out = new ArrayList<>(each);
        out.remove(at);
        return out;
    }
}
