package dev.lathe.graph.analyze;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.DimTerms;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads dimension names that exporters write as sums and products of other names, such as
/// `past_sequence_length + 1`, so that setting one name sets what follows from it; and formulas as we print them
/// (`floordiv((height + 1), 2)`), which part of a model is cut out with.
final class DimNames {
    private static final Pattern TOKEN =
            Pattern.compile("\\s*(?:(-?\\d+)(?![\\w.])|([A-Za-z_][\\w.:/]*)|(//|[+*(),])|(?<=\\s)(-)(?=\\s))");

    /// Those that [Dim.Expr] writes with their arguments behind.
    private static final Map<String, Dim.Op> FUNCTIONS = Map.of(
            Dim.Op.FLOOR_DIV.text(), Dim.Op.FLOOR_DIV,
            Dim.Op.CEIL_DIV.text(), Dim.Op.CEIL_DIV,
            Dim.Op.MOD.text(), Dim.Op.MOD,
            Dim.Op.MIN.text(), Dim.Op.MIN,
            Dim.Op.MAX.text(), Dim.Op.MAX);

    /// Names that are written as formulas are shorter, nest less deeply and mean fewer names and numbers than these:
    /// what is beyond is a name like any other. A hundred characters can stand for a product of thousands of terms,
    /// in each of thousands of inputs.
    private static final int MOST_TOKENS = 128;

    private static final int DEEPEST = 32;
    private static final long LARGEST = 64;

    private static final Set<String> PLACEHOLDERS = Set.of("", "?", "-1", "None");

    private final List<String> tokens;
    private int next;
    private int depth;

    private DimNames(List<String> tokens) {
        this.tokens = tokens;
    }

    /// Whether an exporter writes `name` for any extent that it does not know: two of these need not be the same.
    static boolean isPlaceholder(String name) {
        return PLACEHOLDERS.contains(name);
    }

    /// The amount that `name` means: an expression where it reads as one, nothing for a placeholder, else the symbol of
    /// that name.
    static Dim read(String name) {
        if (isPlaceholder(name)) {
            return Dim.unknown();
        }
        if (name.indexOf('+') < 0
                && name.indexOf('*') < 0
                && name.indexOf('(') < 1
                && !name.contains(" - ")
                && !name.contains("//")) {
            return Dim.symbol(name);
        }
        List<String> tokens = new ArrayList<>();
        Matcher m = TOKEN.matcher(name);
        int end = 0;
        while (end < name.length() && tokens.size() <= MOST_TOKENS && m.find(end) && m.start() == end) {
            tokens.add(m.group().trim());
            end = m.end();
        }
        if (tokens.size() > MOST_TOKENS || !name.substring(end).isBlank()) {
            return Dim.symbol(name);
        }
        DimNames reader = new DimNames(tokens);
        Dim found = reader.sum();
        return reader.next == tokens.size() && !(found instanceof Dim.Unknown) ? found : Dim.symbol(name);
    }

    private Dim sum() {
        Dim first = product();
        if (!at("+") && !at("-")) {
            return first;
        }
        // In one go, since each addition goes through all that it is made of.
        List<Dim> parts = new ArrayList<>(List.of(first));
        while (!(parts.getLast() instanceof Dim.Unknown) && (at("+") || at("-"))) {
            boolean plus = tokens.get(next++).equals("+");
            Dim more = product();
            parts.add(plus ? more : DimMath.mul(more, -1));
        }
        return within(DimMath.sum(parts));
    }

    private Dim product() {
        Dim total = atom();
        while (!(total instanceof Dim.Unknown) && (at("*") || at("//"))) {
            boolean times = tokens.get(next++).equals("*");
            Dim more = atom();
            // No product has more terms than that. Whether it has as many is not tried.
            if (DimTerms.count(total) * DimTerms.count(more) > LARGEST) {
                return Dim.unknown();
            }
            total = within(times ? DimMath.mul(total, more) : DimMath.floorDiv(total, more));
        }
        return total;
    }

    private static Dim within(Dim d) {
        return DimTerms.count(d) > LARGEST ? Dim.unknown() : d;
    }

    /// Unknown where the name does not read as an expression after all.
    private Dim atom() {
        if (next >= tokens.size()) {
            return Dim.unknown();
        }
        String token = tokens.get(next++);
        if (token.equals("(")) {
            if (++depth > DEEPEST) {
                return Dim.unknown();
            }
            Dim inside = sum();
            depth--;
            if (!at(")")) {
                return Dim.unknown();
            }
            next++;
            return inside;
        }
        if (FUNCTIONS.containsKey(token) && at("(")) {
            return function(FUNCTIONS.get(token));
        }
        char first = token.charAt(0);
        if (Character.isDigit(first) || first == '-' && token.length() > 1) {
            return token.length() > 18 ? Dim.unknown() : Dim.of(Long.parseLong(token));
        }
        return Character.isLetter(first) || first == '_' ? Dim.symbol(token) : Dim.unknown();
    }

    /// Of two arguments in parentheses.
    private Dim function(Dim.Op op) {
        next++;
        if (++depth > DEEPEST) {
            return Dim.unknown();
        }
        Dim left = sum();
        if (left instanceof Dim.Unknown || !at(",")) {
            return Dim.unknown();
        }
        next++;
        Dim right = sum();
        depth--;
        if (right instanceof Dim.Unknown || !at(")")) {
            return Dim.unknown();
        }
        next++;
        return DimTerms.count(left) * DimTerms.count(right) > LARGEST
                ? Dim.unknown()
                : within(DimMath.apply(op, left, right));
    }

    private boolean at(String token) {
        return next < tokens.size() && tokens.get(next).equals(token);
    }
}
