package dev.lathe.graph.text;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;

/// Cuts a graph text into words, quoted strings and punctuation. `#` starts a comment.
final class Lexer {
    enum Kind {
        WORD,
        STRING,
        MARK,
        END
    }

    private final String text;
    private int pos;
    private int start;
    private int startBefore;
    private String tokenBefore = "";
    private Kind kind = Kind.END;
    private String token = "";

    Lexer(String text) throws LatheException {
        this.text = text;
        advance();
    }

    Kind kind() {
        return kind;
    }

    /// The present token: a word, the content of a string, or a mark.
    String token() {
        return token;
    }

    boolean is(String wordOrMark) {
        return kind != Kind.STRING && kind != Kind.END && token.equals(wordOrMark);
    }

    /// Whether it was there; then it is behind us.
    boolean accept(String wordOrMark) throws LatheException {
        if (!is(wordOrMark)) {
            return false;
        }
        advance();
        return true;
    }

    void expect(String wordOrMark) throws LatheException {
        if (!accept(wordOrMark)) {
            throw error("expected '" + wordOrMark + "'");
        }
    }

    String word() throws LatheException {
        if (kind != Kind.WORD) {
            throw error("expected a word");
        }
        return take();
    }

    String string() throws LatheException {
        if (kind != Kind.STRING) {
            throw error("expected a quoted text");
        }
        return take();
    }

    /// A word or a quoted text.
    String name() throws LatheException {
        if (kind != Kind.WORD && kind != Kind.STRING) {
            throw error("expected a name");
        }
        return take();
    }

    long integer() throws LatheException {
        if (kind != Kind.WORD || !Words.isInteger(token)) {
            throw error("expected a whole number");
        }
        try {
            long value = Long.parseLong(token);
            advance();
            return value;
        } catch (NumberFormatException e) {
            throw error("a number that does not fit 64 bits");
        }
    }

    /// The raw text between `{`, which is the present token, and the `}` that closes it.
    String block() throws LatheException {
        int from = pos;
        expect("{");
        for (int open = 1; ; advance()) {
            if (kind == Kind.END) {
                throw error("expected '}'");
            }
            open += is("{") ? 1 : is("}") ? -1 : 0;
            if (open == 0) {
                String inside = text.substring(from, start);
                advance();
                return inside;
            }
        }
    }

    /// The raw text from the present token to the `close` of the first `open`, both included.
    String raw(String open, String close) throws LatheException {
        int from = start;
        for (int depth = 0; ; advance()) {
            if (kind == Kind.END) {
                throw error("expected '" + close + "'");
            }
            depth += is(open) ? 1 : is(close) ? -1 : 0;
            if (depth == 0 && is(close)) {
                String all = text.substring(from, pos);
                advance();
                return all;
            }
        }
    }

    private String take() throws LatheException {
        String t = token;
        advance();
        return t;
    }

    /// With the place of the present token.
    LatheException error(String message) {
        return error(message, start, kind == Kind.END ? "the end" : "'" + token + "'");
    }

    /// With the place of the token before it.
    LatheException errorBefore(String message) {
        return error(message, startBefore, "'" + tokenBefore + "'");
    }

    private LatheException error(String message, int at, String found) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < Math.min(at, text.length()); i++) {
            column = text.charAt(i) == '\n' ? 1 : column + 1;
            line += text.charAt(i) == '\n' ? 1 : 0;
        }
        return new LatheException(Diagnostic.error(
                "graph-text",
                "line " + line + ", column " + column + ": " + message + ", found " + found,
                Place.nowhere()));
    }

    private void advance() throws LatheException {
        startBefore = start;
        tokenBefore = token;
        while (pos < text.length() && (Character.isWhitespace(text.charAt(pos)) || text.charAt(pos) == '#')) {
            if (text.charAt(pos) == '#') {
                int end = text.indexOf('\n', pos);
                pos = end < 0 ? text.length() : end;
            } else {
                pos++;
            }
        }
        start = pos;
        if (pos == text.length()) {
            kind = Kind.END;
            token = "";
        } else if (text.charAt(pos) == '"') {
            kind = Kind.STRING;
            token = quoted();
        } else if (text.startsWith("->", pos)) {
            kind = Kind.MARK;
            token = "->";
            pos += 2;
        } else if (inWord(text.charAt(pos))) {
            while (pos < text.length() && inWord(text.charAt(pos)) && !text.startsWith("->", pos)) {
                pos++;
            }
            kind = Kind.WORD;
            token = text.substring(start, pos);
        } else {
            kind = Kind.MARK;
            token = text.substring(pos, ++pos);
        }
    }

    private static boolean inWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '/' || c == '-' || c == '+';
    }

    private String quoted() throws LatheException {
        StringBuilder b = new StringBuilder();
        for (pos++; pos < text.length(); pos++) {
            char c = text.charAt(pos);
            if (c == '"') {
                pos++;
                return b.toString();
            }
            if (c != '\\') {
                b.append(c);
                continue;
            }
            char escaped = ++pos < text.length() ? text.charAt(pos) : ' ';
            switch (escaped) {
                case 'n' -> b.append('\n');
                case 't' -> b.append('\t');
                case '"', '\\' -> b.append(escaped);
                case 'u' -> {
                    String digits = text.substring(pos + 1, Math.min(text.length(), pos + 5));
                    if (!digits.matches("[0-9a-fA-F]{4}")) {
                        throw error("\\u needs four hexadecimal digits");
                    }
                    b.append((char) Integer.parseInt(digits, 16));
                    pos += 4;
                }
                default -> throw error("unknown escape \\" + escaped);
            }
        }
        throw error("a quoted text without an end");
    }
}
