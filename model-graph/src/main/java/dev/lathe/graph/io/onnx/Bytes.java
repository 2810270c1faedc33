package dev.lathe.graph.io.onnx;

import dev.lathe.core.FileReason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How byte counts and failures of the file system are put in words.
final class Bytes {
    private Bytes() {}

    /// Digits in groups of three, `41 943 040`, as people read them.
    static String grouped(long bytes) {
        return String.format(Locale.ROOT, "%,d", bytes).replace(',', ' ');
    }

    /// `a + b`, or the largest number when that does not fit.
    static long sum(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }

    /// Why, without the path that Java repeats in front.
    static String reason(IOException e) {
        return FileReason.of(e);
    }

    /// At most five names, then how many more.
    static String few(List<String> names) {
        List<String> shown = new ArrayList<>(names.subList(0, Math.min(5, names.size())));
        if (names.size() > 5) {
            shown.add("and " + (names.size() - 5) + " more");
        }
        return String.join(", ", shown);
    }
}
