package dev.lathe.graph.op;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;

/// Which elements of one axis a Slice takes: from `first`, `length` of them. Positions and sizes may be formulas;
/// positions below 0 count from the end, and all are clamped to the axis, as in ONNX Runtime. An end of which it is not
/// known whether it is below 0 (`n − 5`) is taken to count from the front.
///
/// @param first may lie beyond the axis where nothing is taken
record Walk(Dim first, Dim length) {
    private static final Dim NONE = Dim.of(0);
    private static final Dim BEFORE = Dim.of(-1);
    /// Beyond every axis; twice as much is still below what 64 bits hold.
    private static final long FARTHEST = 1L << 62;

    static Walk of(Dim start, Dim end, Dim size, long step) {
        long stride = Math.clamp(step, -FARTHEST, FARTHEST);
        return step > 0 ? forward(start, end, size, stride) : backward(start, end, size, -stride);
    }

    private static Walk forward(Dim start, Dim end, Dim size, long step) {
        Dim given = place(start, size);
        Dim from = Extents.atLeastZero(given);
        Dim last = isFromEnd(end) ? place(end, size) : isBeyond(end, size) ? size : DimMath.min(end, size);
        Dim to = Extents.atLeastZero(last);
        if (size instanceof Dim.Fixed) {
            from = DimMath.min(from, size);
        }
        // max(0, t) − max(0, f), in the form that has a number where both count from the end.
        Dim span = from.equals(given) ? DimMath.sub(to, from) : DimMath.min(DimMath.sub(last, given), to);
        return new Walk(from, Extents.atLeastZero(DimMath.ceilDiv(span, step)));
    }

    private static Walk backward(Dim start, Dim end, Dim size, long step) {
        Dim highest = DimMath.sub(size, 1);
        Dim from = isFromEnd(start) ? Extents.atLeastZero(place(start, size)) : DimMath.min(start, highest);
        Dim to;
        if (isEndless(end)) {
            to = BEFORE;
        } else {
            Dim behind = DimMath.add(place(end, size), 1);
            to = DimMath.sub(isFromEnd(end) ? Extents.atLeastZero(behind) : behind, 1);
        }
        Dim length = Extents.atLeastZero(DimMath.ceilDiv(DimMath.sub(from, to), step));
        return new Walk(from, Extents.isAtLeastZero(highest) ? length : DimMath.min(length, size));
    }

    /// An open size is below what exporters write for "to the end": nothing larger could be run.
    private static boolean isBeyond(Dim end, Dim size) {
        return !(size instanceof Dim.Fixed) && end instanceof Dim.Fixed(long n) && n > Integer.MAX_VALUE / 2;
    }

    /// These two mean "to the end", which is the first element of a backward walk.
    private static boolean isEndless(Dim end) {
        return end instanceof Dim.Fixed(long n) && (n == Integer.MAX_VALUE || n == Long.MAX_VALUE);
    }

    /// Counted from the front, if that can be told; not clamped.
    private static Dim place(Dim given, Dim size) {
        if (isFromEnd(given)) {
            // Beyond every axis: a sum with it could leave 64 bits.
            return given instanceof Dim.Fixed(long n) && n < Integer.MIN_VALUE / 2
                    ? Dim.of(Integer.MIN_VALUE)
                    : DimMath.add(size, given);
        }
        if (given instanceof Dim.Fixed(long n) && n > FARTHEST / 2) {
            return Dim.of(FARTHEST / 2);
        }
        return Extents.isAtLeastZero(given) ? given : Dim.unknown();
    }

    private static boolean isFromEnd(Dim given) {
        return given instanceof Dim.Fixed(long n) ? n < 0 : Extents.isAtLeastZero(DimMath.sub(NONE, given));
    }
}
