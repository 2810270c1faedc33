package dev.lathe.app.timeline;

/// Which stretch of time is shown where: from `from` µs on at x = `left`, up to `to` µs at x = `left + width`.
record TimeView(double from, double to, double left, double width) {
    /// The shortest stretch that is shown, in µs: no clock tells less than a nanosecond.
    private static final double SHORTEST = 0.01;

    /// Of the whole length, at both ends.
    private static final double ROOM = 0.01;

    static TimeView whole(Timeline t, double left, double width) {
        double room = Math.max(SHORTEST, t.length() * ROOM);
        return new TimeView(t.from() - room, t.to() + room, left, width);
    }

    double x(double time) {
        return left + (time - from) / (to - from) * width;
    }

    double time(double x) {
        return from + (x - left) / width * (to - from);
    }

    double perPixel() {
        return (to - from) / width;
    }

    /// The stretch shrunk by `factor` around what lies at `x`, inside what the whole timeline shows.
    TimeView zoomed(double factor, double x, Timeline t) {
        double fixed = time(x);
        double length = Math.max(SHORTEST, (to - from) / factor);
        double part = (fixed - from) / (to - from);
        return new TimeView(fixed - part * length, fixed + (1 - part) * length, left, width).inside(t);
    }

    TimeView moved(double pixels, Timeline t) {
        double by = pixels * perPixel();
        return new TimeView(from - by, to - by, left, width).inside(t);
    }

    /// This stretch, with a little room at both ends.
    TimeView around(double start, double end, Timeline t) {
        double room = Math.max(SHORTEST, (end - start) * 0.1);
        return new TimeView(start - room, end + room, left, width).inside(t);
    }

    /// Moved no further than it needs for `time` to be in sight.
    TimeView showing(double start, double end, Timeline t) {
        if (end < from || start > to) {
            double middle = (start + end) / 2;
            double half = (to - from) / 2;
            return new TimeView(middle - half, middle + half, left, width).inside(t);
        }
        return this;
    }

    TimeView at(double newLeft, double newWidth) {
        return new TimeView(from, to, newLeft, newWidth);
    }

    private TimeView inside(Timeline t) {
        TimeView whole = whole(t, left, width);
        double length = to - from;
        if (length >= whole.to - whole.from) {
            return whole;
        }
        double start = Math.clamp(from, whole.from, whole.to - length);
        return new TimeView(start, start + length, left, width);
    }
}
