package dev.lathe.graph.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The known exceptions of a conformance test, kept beside it with a reason each: lines of `model | place | reason`.
record Exceptions(String file, Map<String, String> reasons) {

    static Exceptions read(String file) throws IOException {
        Map<String, String> reasons = new LinkedHashMap<>();
        try (InputStream in = Exceptions.class.getResourceAsStream(file)) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(l -> !l.isBlank() && !l.startsWith("#"))
                    .toList()) {
                List<String> cells = List.of(line.split(" \\| ", 3));
                assertThat(cells).as(file + ": " + line).hasSize(3);
                reasons.put(key(cells.get(0), cells.get(1)), cells.get(2));
            }
        }
        return new Exceptions(file, reasons);
    }

    static String key(String model, String place) {
        return model + " | " + place;
    }

    /// Fails for a finding that is not listed, and for one that is listed and not found any more.
    ///
    /// @param found keys
    /// @param looked the models that were looked at, perhaps not all
    void check(Collection<String> found, Set<String> looked) {
        Set<String> expected = new TreeSet<>(reasons.keySet());
        expected.removeIf(k -> !looked.contains(k.substring(0, k.indexOf(" | "))));
        assertThat(new TreeSet<>(found)).as("beside " + file).isEqualTo(expected);
    }
}
