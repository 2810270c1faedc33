package dev.lathe.app.timeline;

import dev.lathe.app.live.ValueRange;
import dev.lathe.app.ui.Numbers;
import java.util.Locale;

/// Round times along the ruler, in a unit that suits their distance.
///
/// @param first in µs from the start of the timeline
record TimeTicks(double first, double step) {
    private static final double APART = 90;

    static TimeTicks of(TimeView view, double start) {
        double step = ValueRange.niceStep(view.perPixel() * APART);
        return new TimeTicks(Math.ceil((view.from() - start) / step - 1e-9) * step, step);
    }

    /// `0`, `2.5 ms`: as many digits as the step needs.
    String label(double time) {
        if (Math.abs(time) < step / 2) {
            return "0";
        }
        double unit = step >= 1e6 ? 1e6 : step >= 1e3 ? 1e3 : step >= 1 ? 1 : 1e-3;
        String name = step >= 1e6 ? "s" : step >= 1e3 ? "ms" : step >= 1 ? "µs" : "ns";
        double value = time / unit;
        double inUnit = step / unit;
        int decimals = 0;
        while (decimals < 3 && Math.abs(inUnit * Math.pow(10, decimals) % 1) > 1e-9) {
            decimals++;
        }
        String digits = decimals == 0
                ? Numbers.grouped(Math.round(value))
                : String.format(Locale.ROOT, "%." + decimals + "f", value).replace('-', '\u2212');
        return digits + " " + name;
    }
}
