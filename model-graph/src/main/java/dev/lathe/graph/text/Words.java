package dev.lathe.graph.text;

import java.util.Set;
import java.util.regex.Pattern;

/// How names and strings are written: bare where they are plain words, quoted otherwise.
final class Words {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_/][A-Za-z0-9_./]*(-[A-Za-z0-9_./]+)*");
    /// Words that mean something where a name may stand.
    private static final Set<String> TAKEN = Set.of("_", "const", "declare");

    private Words() {}

    static String name(String name) {
        return PLAIN.matcher(name).matches() && !TAKEN.contains(name) ? name : quoted(name);
    }

    static String quoted(String text) {
        StringBuilder b = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> b.append("\\\"");
                case '\\' -> b.append("\\\\");
                case '\n' -> b.append("\\n");
                case '\t' -> b.append("\\t");
                default -> {
                    if (c < 32 || Character.isSurrogate(c) || c == 127) {
                        b.append(String.format("\\u%04x", (int) c));
                    } else {
                        b.append(c);
                    }
                }
            }
        }
        return b.append('"').toString();
    }

    /// Shortest text that reads back as the same float; always with a point, exponent or letter.
    static String number(double value, String shortest) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        return shortest;
    }

    static double parseNumber(String word) {
        return switch (word) {
            case "nan" -> Double.NaN;
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(word);
        };
    }

    static float parseFloat(String word) {
        return switch (word) {
            case "nan" -> Float.NaN;
            case "inf" -> Float.POSITIVE_INFINITY;
            case "-inf" -> Float.NEGATIVE_INFINITY;
            default -> Float.parseFloat(word);
        };
    }

    static boolean isInteger(String word) {
        return word.matches("-?[0-9]+");
    }
}
