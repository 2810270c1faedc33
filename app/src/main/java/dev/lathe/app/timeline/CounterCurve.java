package dev.lathe.app.timeline;

/// A figure over time, such as the bytes that an arena has given out: it holds each value until the next.
///
/// @param at in µs, ascending
/// @param bytes whether the values are bytes
public record CounterCurve(String owner, String name, double[] at, double[] values, double most, boolean bytes) {

    /// The index of the value that holds at this time, −1 before the first.
    int holding(double time) {
        int low = 0;
        int high = at.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (at[middle] <= time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }
}
