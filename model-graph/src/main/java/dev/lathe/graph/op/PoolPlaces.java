package dev.lathe.graph.op;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;

/// How many places a pool's window has along one axis, as ONNX Runtime counts them: room / stride + 1, where the room
/// is what the window leaves free of the padded axis. The quotient is rounded towards zero, so that a window which is
/// a little too large has one place; with `ceil_mode` it is rounded up, but no window begins in the end padding.
///
/// With `auto_pad` SAME it pads for ⌈size/stride⌉ places of a window without dilations, so that one with dilations has
/// fewer, where the standard says as many.
final class PoolPlaces {
    private final InferContext c;
    private final Dim kernel;
    private final Dim extent;
    private final long stride;
    private final int axis;
    private final int spatial;
    private final String auto;
    private final boolean ceil;

    private PoolPlaces(InferContext c, Dim kernel, int axis, int spatial) {
        this.c = c;
        this.kernel = kernel;
        this.axis = axis;
        this.spatial = spatial;
        extent = Windows.extent(c, kernel, axis);
        stride = Windows.at(c, "strides", axis, 1);
        auto = c.attrs().stringOr("auto_pad", "NOTSET");
        ceil = c.attrs().intOr("ceil_mode", 0) != 0;
    }

    /// Along spatial axis `axis` of `spatial`; tells windows that do not fit, and those that the standard places
    /// otherwise.
    static Dim of(InferContext c, Dim size, Dim kernel, int axis, int spatial) {
        PoolPlaces pool = new PoolPlaces(c, kernel, axis, spatial);
        return pool.auto.startsWith("SAME") ? pool.same(size) : pool.padded(size);
    }

    private Dim padded(Dim size) {
        boolean none = auto.equals("VALID");
        long before = none ? 0 : Windows.at(c, "pads", axis, 0);
        long after = none ? 0 : Windows.at(c, "pads", axis + spatial, 0);
        Dim padded = DimMath.add(size, before + after);
        Dim places = places(size, before + after, after);
        if (DimMath.sub(padded, extent) instanceof Dim.Fixed(long room) && room < 0) {
            return tooLarge(places, padded);
        }
        return places;
    }

    private Dim tooLarge(Dim places, Dim padded) {
        String sentence = Windows.tooLarge(extent, padded);
        if (places instanceof Dim.Fixed(long n) && n >= 0) {
            c.doubt(sentence);
            return places;
        }
        c.contradiction(sentence);
        return Dim.unknown();
    }

    /// More of the axis never gives fewer places, so those of the larger of two sizes are the larger number of places:
    /// formulas of pools upon pools stay short.
    private Dim places(Dim size, long pads, long after) {
        Dim taken = DimMath.sub(extent, pads);
        if (size instanceof Dim.Expr(Dim.Op op, Dim a, Dim b)
                && op == Dim.Op.MAX
                && (a instanceof Dim.Fixed || b instanceof Dim.Fixed)) {
            Dim open = a instanceof Dim.Fixed ? b : a;
            Dim least = DimMath.sub(a instanceof Dim.Fixed ? a : b, taken);
            Dim room = DimMath.sub(open, taken);
            Dim shift = shift(after);
            // Where the least has a place, what is more has one, too.
            Dim more = isAlmostZero(least) ? roundedDown(room, shift) : divided(room, shift);
            return DimMath.max(more, divided(least, shift));
        }
        return divided(DimMath.sub(size, taken), shift(after));
    }

    /// What makes floor division round up, but not so far that the last window begins in the end padding: ⌈room/stride⌉
    /// is ⌊(room + stride − 1)/stride⌋, and `room + extent − after − 1` is the last place in front of that padding.
    private Dim shift(long after) {
        if (!ceil) {
            return Dim.of(0);
        }
        return extent instanceof Dim.Fixed(long n) ? Dim.of(Math.min(stride - 1, n - after - 1)) : Dim.unknown();
    }

    private Dim divided(Dim room, Dim shift) {
        Dim down = roundedDown(room, shift);
        boolean fits = Extents.isAtLeastZero(room) || Extents.isAtLeastZero(DimMath.sub(down, 1));
        if (fits || shift.equals(Dim.of(stride - 1))) {
            return down;
        }
        if (isAlmostZero(room)) {
            return DimMath.max(down, Dim.of(1));
        }
        // Rounded up below zero.
        return DimMath.max(down, DimMath.min(DimMath.add(DimMath.ceilDiv(room, stride), 1), Dim.of(1)));
    }

    private Dim roundedDown(Dim room, Dim shift) {
        return DimMath.add(DimMath.floorDiv(DimMath.add(room, shift), stride), 1);
    }

    /// Whether it is no less than what division by the stride rounds to 0.
    private boolean isAlmostZero(Dim room) {
        return Extents.isAtLeastZero(DimMath.add(room, stride - 1));
    }

    private Dim same(Dim size) {
        Dim stated = DimMath.ceilDiv(size, stride);
        Dim missing = DimMath.sub(extent, kernel);
        if (missing.equals(Dim.of(0)) || Windows.at(c, "dilations", axis, 1) == 1) {
            return stated;
        }
        if (!(missing instanceof Dim.Fixed)) {
            return Dim.unknown();
        }
        Dim room = DimMath.sub(DimMath.mul(DimMath.sub(stated, 1), stride), missing);
        Dim places = divided(room, sameShift(size, stated));
        if (places.equals(stated)) {
            return stated;
        }
        // At loading it goes by the standard.
        c.beyondLoading();
        if (places instanceof Dim.Fixed(long n) && n < 0) {
            return tooLarge(places, DimMath.add(room, extent));
        }
        c.doubt("with auto_pad ONNX Runtime pads for a window of " + kernel + ", which dilations make " + extent
                + ": it has " + places + " places, by the standard " + stated);
        return places;
    }

    private Dim sameShift(Dim size, Dim stated) {
        if (!ceil || stride == 1) {
            return Dim.of(0);
        }
        Dim pads = DimMath.sub(DimMath.add(DimMath.mul(DimMath.sub(stated, 1), stride), kernel), size);
        if (!(pads instanceof Dim.Fixed(long all))) {
            return Dim.unknown();
        }
        boolean lower = auto.equals("SAME_LOWER");
        return shift(all - (lower ? (all + 1) / 2 : all / 2));
    }
}
