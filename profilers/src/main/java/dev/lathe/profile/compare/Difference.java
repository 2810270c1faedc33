package dev.lathe.profile.compare;

/// How a time changed from one measurement to another: both in ms, and the interval in which the change, in percent of
/// the first, lies with 95 % confidence. NaN for an interval that too few runs cannot tell.
public record Difference(double before, double after, double lowPercent, double highPercent) {
    /// In percent of the first; infinite for something out of nothing.
    public double percent() {
        return before == 0 ? after == 0 ? 0 : Double.POSITIVE_INFINITY : 100 * (after / before - 1);
    }

    /// Whether no change at all lies outside the interval.
    public boolean isSure() {
        return lowPercent > 0 || highPercent < 0;
    }
}
