package dev.lathe.graph.edit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// In which versions of its operator set the meaning of an operator stayed and in which it changed: the table
/// `opset-meaning.txt`, which says how it is to be read. A test has it complete for every operator that we know.
record OpsetChanges(Map<String, Versions> byOperator) {

    record Versions(Set<Integer> same, Set<Integer> changed) {
        private static final Versions NONE = new Versions(Set.of(), Set.of());
    }

    static OpsetChanges standard() {
        return Standard.TABLE;
    }

    /// Versions in which every model means the same as in the one before.
    Set<Integer> same(String domain, String op) {
        return of(domain, op).same();
    }

    Versions of(String domain, String op) {
        boolean standard = domain.isEmpty() || domain.equals("ai.onnx");
        return byOperator.getOrDefault(standard ? op : domain + ":" + op, Versions.NONE);
    }

    private static OpsetChanges read() {
        try (InputStream in = OpsetChanges.class.getResourceAsStream("opset-meaning.txt")) {
            if (in == null) {
                throw new IllegalStateException("opset-meaning.txt is not on the class path");
            }
            Map<String, Versions> all = new LinkedHashMap<>();
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(l -> !l.startsWith("#") && !l.isBlank())
                    .forEach(l -> {
                        int end = l.lastIndexOf(':');
                        int bar = l.indexOf('|');
                        all.put(
                                l.substring(0, end),
                                new Versions(numbers(l.substring(end + 1, bar)), numbers(l.substring(bar + 1))));
                    });
            return new OpsetChanges(Map.copyOf(all));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<Integer> numbers(String text) {
        return Arrays.stream(text.strip().split(" +"))
                .filter(n -> !n.isEmpty())
                .map(Integer::valueOf)
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Read on first use and the same for everybody.
    private static final class Standard {
        private static final OpsetChanges TABLE = read();
    }
}
