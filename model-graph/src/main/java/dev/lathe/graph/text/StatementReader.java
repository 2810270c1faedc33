package dev.lathe.graph.text;

import dev.lathe.core.LatheException;
import dev.lathe.graph.Attr;
import dev.lathe.graph.IdSpace;
import dev.lathe.graph.ValueType;
import java.util.Optional;

/// Reads statements of other languages that are made of the words of graph texts: names, numbers, attribute
/// values, types and blocks in braces. `#` starts a comment.
public final class StatementReader {
    private final Lexer in;

    /// @throws LatheException with code `graph-text`, naming line and column, like all methods here
    public StatementReader(String text) throws LatheException {
        in = new Lexer(text);
    }

    public boolean atEnd() {
        return in.kind() == Lexer.Kind.END;
    }

    /// Whether this word or mark was there; then it is behind us.
    public boolean accept(String wordOrMark) throws LatheException {
        return in.accept(wordOrMark);
    }

    public void expect(String wordOrMark) throws LatheException {
        in.expect(wordOrMark);
    }

    public String word() throws LatheException {
        return in.word();
    }

    /// A word or a quoted text.
    public String name() throws LatheException {
        return in.name();
    }

    public String quoted() throws LatheException {
        return in.string();
    }

    public long integer() throws LatheException {
        return in.integer();
    }

    /// The value of an attribute.
    public Attr attr() throws LatheException {
        return new ModelParser(in, new IdSpace(0, 0)).attr(Optional.empty());
    }

    /// The text of one or several graphs that are the value of an attribute, to be read with
    /// [GraphText#parseAttr]; empty where the value is something else.
    public Optional<String> graphs() throws LatheException {
        if (in.is("graph")) {
            return Optional.of(in.raw("{", "}"));
        }
        return in.is("graphs") ? Optional.of(in.raw("[", "]")) : Optional.empty();
    }

    public ValueType type() throws LatheException {
        return new TypeParser(in).type();
    }

    /// The text between braces, to be read later.
    public String block() throws LatheException {
        return in.block();
    }

    /// A problem at the present word.
    public LatheException error(String message) {
        return in.error(message);
    }
}
