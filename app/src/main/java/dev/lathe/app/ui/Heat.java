package dev.lathe.app.ui;

/// The heat scale: from a share of the legend's maximum to a colour of Inferno. What is furthest from the
/// background means most, in both themes. Colours are 0xRRGGBB.
public final class Heat {
    private static final int DARK_INK = 0x0d1117;
    private static final int LIGHT_INK = 0xffffff;
    /// Inferno at t = 0, 0.1 … 1.
    private static final int[] STOPS = {
        0x000004, 0x160b39, 0x420a68, 0x6a176e, 0x932667, 0xbc3754, 0xdd513a, 0xf37819, 0xfca50a, 0xf6d746, 0xfcffa4
    };

    private Heat() {}

    /// @param v share of the legend's maximum, clamped to 0…1
    public static int rgb(double v, boolean dark) {
        double c = Math.clamp(Double.isNaN(v) ? 0 : v, 0, 1);
        // The low end is paler than a straight line gives on light, and clearer of the background on dark.
        return inferno(dark ? 0.14 + 0.76 * c : 0.975 - 0.775 * c);
    }

    /// Inferno at `t` in 0…1, linear between its stops.
    public static int inferno(double t) {
        double x = Math.clamp(t, 0, 1) * (STOPS.length - 1);
        int i = Math.min((int) x, STOPS.length - 2);
        return mix(STOPS[i], STOPS[i + 1], x - i);
    }

    /// White, near-black or black: the first that contrasts with `background` by 4.5 : 1.
    public static int inkOn(int background) {
        if (contrast(LIGHT_INK, background) >= 4.5) {
            return LIGHT_INK;
        }
        // Between the two lies a narrow band of reds on which neither reaches 4.5 : 1, but black does.
        return contrast(DARK_INK, background) >= 4.5 ? DARK_INK : 0x000000;
    }

    /// WCAG contrast ratio, 1…21.
    public static double contrast(int a, int b) {
        double la = luminance(a);
        double lb = luminance(b);
        return (Math.max(la, lb) + 0.05) / (Math.min(la, lb) + 0.05);
    }

    /// `a` with `part` of `b` in it, linear per channel.
    public static int mix(int a, int b, double part) {
        int out = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int ca = a >> shift & 255;
            int cb = b >> shift & 255;
            out |= (int) Math.round(ca + (cb - ca) * part) << shift;
        }
        return out;
    }

    private static double luminance(int rgb) {
        return 0.2126 * linear(rgb >> 16 & 255) + 0.7152 * linear(rgb >> 8 & 255) + 0.0722 * linear(rgb & 255);
    }

    private static double linear(int channel) {
        double c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }
}
