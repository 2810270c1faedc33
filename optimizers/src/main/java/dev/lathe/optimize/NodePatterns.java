package dev.lathe.optimize;

import dev.lathe.graph.Node;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// Comma-separated globs over node names (`*` any text, `?` one character): the value of a PATTERNS option.
public record NodePatterns(List<Pattern> globs) {
    public NodePatterns {
        globs = List.copyOf(globs);
    }

    public static NodePatterns parse(String text) {
        return new NodePatterns(Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(s -> !s.isEmpty())
                .map(NodePatterns::glob)
                .toList());
    }

    private static Pattern glob(String glob) {
        StringBuilder regex = new StringBuilder();
        for (char c : glob.toCharArray()) {
            switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    public boolean isEmpty() {
        return globs.isEmpty();
    }

    /// Whether a glob matches the node's shown name.
    public boolean match(Node node) {
        return matches(node.shownName());
    }

    public boolean matches(String text) {
        return globs.stream().anyMatch(g -> g.matcher(text).matches());
    }
}
