package dev.lathe.app.timeline;

/// What of a row is drawn at a zoom: slices that are wide enough one by one; where several share a pixel, how busy that
/// pixel is. However many slices there are, the work is that of the pixels.
final class RowPixels {
    private RowPixels() {}

    interface Painter {
        void slice(Slice s, double x0, double x1);

        /// @param busy part of the time from x0 to x1 in which something ran, 0…1
        /// @param first one of the slices that lie there
        void dense(double x0, double x1, double busy, Slice first);
    }

    static void each(SliceRow row, TimeView view, Painter painter) {
        double right = view.left() + view.width();
        double painted = view.left();
        int i = row.endingAfter(view.from());
        while (i < row.size() && row.start(i) < view.to()) {
            double x0 = Math.max(view.left(), view.x(row.start(i)));
            double x1 = view.x(row.end(i));
            // A cast, since it is never negative: floor takes long until the JVM has compiled this.
            double pixel = (int) x0 + 1.0;
            if (x1 >= pixel) {
                painted = Math.min(right, Math.max(x1, x0 + 1));
                painter.slice(row.get(i), x0, painted);
                i++;
                continue;
            }
            int next = row.from(view.time(pixel), i + 1);
            if (next > i + 1 && view.x(row.end(next - 1)) >= pixel) {
                // It reaches into the next pixel, where it is to be seen.
                next--;
            }
            if (next == i + 1) {
                painted = Math.max(x1, Math.min(x0 + 1, pixel));
                painter.slice(row.get(i), x0, painted);
            } else {
                // Whole pixels are quicker to paint, but not over what lies in the same one.
                double from = painted > pixel - 1 ? x0 : pixel - 1;
                double part = row.busy(i, next) / ((pixel - from) * view.perPixel());
                painter.dense(from, pixel, Math.min(1, part), row.get(i));
                painted = pixel;
            }
            i = next;
        }
    }
}
