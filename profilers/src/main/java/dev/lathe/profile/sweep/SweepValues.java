package dev.lathe.profile.sweep;

import java.util.ArrayList;
import java.util.List;

/// The values of an axis as people write them: `1,2,4`, `1..8` (every one), `1..64*2` (each times 2).
public final class SweepValues {
    /// More would take days, and are a typing error.
    public static final int MOST = 10_000;

    private SweepValues() {}

    /// In the order in which they are written.
    ///
    /// @throws IllegalArgumentException with a sentence for who wrote it
    public static List<Long> parse(String text) {
        List<Long> values = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String range = part.strip();
            if (!range.matches("\\d{1,9}(\\.\\.\\d{1,9}(\\*\\d{1,3})?)?")) {
                throw new IllegalArgumentException(
                        "'" + part + "' in '" + text + "' is no number, A..B (every one) or A..B*F (times F).");
            }
            String[] ends = range.split("\\.\\.|\\*");
            long from = Long.parseLong(ends[0]);
            long to = ends.length > 1 ? Long.parseLong(ends[1]) : from;
            long factor = ends.length > 2 ? Long.parseLong(ends[2]) : 0;
            if (from < 1 || from > to || factor == 1 || (ends.length > 2 && factor == 0)) {
                throw new IllegalArgumentException(
                        "'" + part + "': from 1 on, the smaller one first, and a factor is at least 2.");
            }
            for (long v = from; v <= to; v = factor == 0 ? v + 1 : v * factor) {
                if (values.size() > MOST) {
                    throw new IllegalArgumentException("'" + part + "' are more than " + MOST + " values.");
                }
                values.add(v);
            }
        }
        return List.copyOf(values);
    }
}
