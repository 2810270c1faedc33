package dev.lathe.app.live;

import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;

/// Labels of the live charts' time axis: `−60 s`, `−45`, … `now`. The first carries the unit.
final class SecondsBeforeNow extends NumberFormat {
    private static final long serialVersionUID = 1L;

    @Override
    public StringBuffer format(double seconds, StringBuffer to, FieldPosition position) {
        if (seconds >= -0.5) {
            return to.append("now");
        }
        long s = Math.round(-seconds);
        return s >= 120 && s % 60 == 0
                ? to.append('−').append(s / 60).append(" min")
                : to.append('−').append(s).append(" s");
    }

    @Override
    public StringBuffer format(long seconds, StringBuffer to, FieldPosition position) {
        return format((double) seconds, to, position);
    }

    @Override
    public Number parse(String text, ParsePosition position) {
        throw new UnsupportedOperationException("labels are only written");
    }
}
