package dev.lathe.app.values;

import dev.lathe.app.ui.Heat;
import java.util.List;

/// A slice as a picture: colour is the number between the smallest and the largest one of the slice; or three channels
/// as red, green and blue.
///
/// @param argb of `width` × `height` pixels, one for each number, or for every so many where there are too many
/// @param low the number of the coldest colour; not finite where there is none
public record TensorImage(int width, int height, int[] argb, double low, double high, boolean colours) {
    /// Pixels along a side: more than a pane has.
    private static final int MOST = 384;

    private static final int OPAQUE = 0xff000000;

    /// A heat map of a slice; what is not finite is transparent.
    public static TensorImage heat(TensorSlice s, boolean dark) {
        int width = (int) Math.min(MOST, s.columns());
        int height = (int) Math.min(MOST, s.rows());
        double[] values = new double[width * height];
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double v = s.value(place(y, height, s.rows()), place(x, width, s.columns()));
                values[y * width + x] = v;
                if (Double.isFinite(v)) {
                    low = Math.min(low, v);
                    high = Math.max(high, v);
                }
            }
        }
        int[] argb = new int[values.length];
        for (int i = 0; i < argb.length; i++) {
            double part = high > low ? (values[i] - low) / (high - low) : 0;
            argb[i] = Double.isFinite(values[i]) ? OPAQUE | Heat.rgb(part, dark) : 0;
        }
        return new TensorImage(width, height, argb, low, high, false);
    }

    /// The axis of three channels beside two of a picture: the third last (CHW) or the last one (HWC); −1 for none.
    public static int channels(List<Long> dims) {
        int rank = dims.size();
        if (rank < 3) {
            return -1;
        }
        boolean chw = dims.get(rank - 3) == 3 && dims.get(rank - 2) >= 8 && dims.get(rank - 1) >= 8;
        boolean hwc = dims.get(rank - 1) == 3 && dims.get(rank - 3) >= 8 && dims.get(rank - 2) >= 8;
        return chw ? rank - 3 : hwc ? rank - 1 : -1;
    }

    /// The picture at the slice's places of the axes before.
    public static TensorImage colours(TensorSlice s) {
        List<Long> dims = s.tensor().dims();
        int rank = dims.size();
        int channel = channels(dims);
        int down = channel == rank - 1 ? rank - 3 : rank - 2;
        TensorSlice picture = new TensorSlice(s.tensor(), down, down + 1, s.at());
        int width = (int) Math.min(MOST, picture.columns());
        int height = (int) Math.min(MOST, picture.rows());
        double low = s.tensor().statistics().min();
        double high = s.tensor().statistics().max();
        int[] argb = new int[width * height];
        for (int c = 0; c < 3; c++) {
            TensorSlice one = picture.at(channel, c);
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    double v = one.value(place(y, height, one.rows()), place(x, width, one.columns()));
                    double part = high > low && Double.isFinite(v) ? (v - low) / (high - low) : 0;
                    argb[y * width + x] |= OPAQUE | (int) Math.round(255 * Math.clamp(part, 0, 1)) << 8 * (2 - c);
                }
            }
        }
        return new TensorImage(width, height, argb, low, high, true);
    }

    private static long place(int pixel, int pixels, long size) {
        return (long) ((pixel + 0.5) * size / pixels);
    }
}
