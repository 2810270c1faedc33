package dev.lathe.cli;

import java.util.ArrayList;
import java.util.List;

/// Many numbers in few words: 1–4, 7, 9–12.
final class Ranges {
    private Ranges() {}

    /// @param ascending each once
    static String words(List<Integer> ascending) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < ascending.size(); i++) {
            int first = ascending.get(i);
            while (i + 1 < ascending.size() && ascending.get(i + 1) == ascending.get(i) + 1) {
                i++;
            }
            int last = ascending.get(i);
            parts.add(first == last ? String.valueOf(first) : first + (last == first + 1 ? ", " : "–") + last);
        }
        return parts.isEmpty() ? "none" : String.join(", ", parts);
    }
}
