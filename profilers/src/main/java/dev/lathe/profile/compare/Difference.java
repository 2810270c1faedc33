package dev.lathe.profile.compare;

/// How a time changed from one measurement to another: both in ms, and the interval in which the change, in percent of
/// the first, lies with 95 % confidence. NaN for an interval that too few runs cannot tell.
///
/// @param doubted whether one of the measurements was disturbed so much that the interval, which knows how its runs
///     scatter and nothing of what disturbed them, is not to be trusted
public record Difference(double before, double after, double lowPercent, double highPercent, boolean doubted) {
    public Difference(double before, double after, double lowPercent, double highPercent) {
        this(before, after, lowPercent, highPercent, false);
    }

    /// In percent of the first; infinite for something out of nothing.
    public double percent() {
        return before == 0 ? after == 0 ? 0 : Double.POSITIVE_INFINITY : 100 * (after / before - 1);
    }

    /// Whether no change at all lies outside an interval that can be trusted.
    public boolean isSure() {
        return !doubted && (lowPercent > 0 || highPercent < 0);
    }

    Difference doubted(boolean so) {
        return new Difference(before, after, lowPercent, highPercent, so);
    }
}
