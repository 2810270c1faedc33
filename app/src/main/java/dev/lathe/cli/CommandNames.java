package dev.lathe.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// The answer to a first word that is no command: which commands there are and which was perhaps meant, or what is
/// wrong with it as a file.
final class CommandNames {
    /// As many letters may be wrong, missing or too many for a name to be meant.
    private static final int NEAR = 2;

    private CommandNames() {}

    /// What is wrong with a word, and how the program ends for it.
    record Answer(String line, int code) {}

    static Answer to(String word, Collection<String> names) {
        if (isFile(word)) {
            return new Answer(
                    "'" + word
                            + "' is a file, not a command; the command comes first, or the file alone for the window.",
                    picocli.CommandLine.ExitCode.USAGE);
        }
        if (looksLikePath(word)) {
            return new Answer("there is no file '" + word + "'.", ExitCode.BAD_INPUT);
        }
        return new Answer(
                "there is no command '" + word + "'; there is " + String.join(", ", names) + "."
                        + nearest(word, names)
                                .map(n -> " Did you mean '" + n + "'?")
                                .orElse(""),
                picocli.CommandLine.ExitCode.USAGE);
    }

    /// Whether a word reads like a path and not like a command.
    static boolean looksLikePath(String word) {
        return word.contains("/") || word.contains("\\") || word.contains(".");
    }

    private static boolean isFile(String word) {
        try {
            return Files.exists(Path.of(word));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static Optional<String> nearest(String word, Collection<String> names) {
        return names.stream()
                .filter(n -> distance(word, n) <= Math.min(NEAR, n.length() / 2))
                .min(Comparator.comparingInt(n -> distance(word, n)));
    }

    /// How many letters to put in, take out or exchange to make one word of the other.
    private static int distance(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int exchanged = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(exchanged, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[b.length()];
    }
}
