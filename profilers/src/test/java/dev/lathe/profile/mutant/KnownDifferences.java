package dev.lathe.profile.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Where ONNX Runtime and we may differ, with the reasons, and which of them was met.
final class KnownDifferences {
    private static final String FILE = "mutants.exceptions";
    private static final String DEBIANS = "debian";
    private static final String NEWER = "newer";
    private static final String SOME = "some";

    /// @param kinds what was changed; `*` for anything
    /// @param models which models show it
    private record Line(String who, String operator, Set<String> kinds, String models) {
        boolean covers(String found, String op, Mutator.Kind kind) {
            return who.equals(found) && operator.equals(op) && (kinds.contains("*") || kinds.contains(kind.name()));
        }
    }

    private final List<Line> lines = new ArrayList<>();
    private final Set<Line> met = new HashSet<>();

    KnownDifferences() throws IOException {
        try (InputStream in = KnownDifferences.class.getResourceAsStream(FILE)) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(l -> !l.isBlank() && !l.startsWith("#"))
                    .toList()) {
                String[] f = line.split(" \\| ", 5);
                assertThat(f).as(line).hasSize(5);
                assertThat(f[3]).as(line).isIn("all", SOME, DEBIANS, NEWER);
                lines.add(new Line(f[0], f[1], new HashSet<>(Arrays.asList(f[2].split(", "))), f[3]));
            }
        }
    }

    boolean has(String who, String operator, Mutator.Kind kind) {
        for (Line line : lines) {
            if (line.covers(who, operator, kind)) {
                met.add(line);
                return true;
            }
        }
        return false;
    }

    /// Those that were not met.
    ///
    /// @param newer whether models of a newer release were looked at
    List<String> notNeeded(boolean newer) {
        return lines.stream()
                .filter(l -> !met.contains(l) && !l.models().equals(SOME))
                .filter(l -> !l.models().equals(newer ? DEBIANS : NEWER))
                .map(l -> l.who() + " | " + l.operator() + " | " + l.kinds())
                .toList();
    }
}
