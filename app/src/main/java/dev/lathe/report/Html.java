package dev.lathe.report;

import java.util.List;

/// Builds HTML text in which everything that comes from a model's file is escaped.
final class Html {
    private final StringBuilder b = new StringBuilder();

    /// Appends markup that is ours.
    Html raw(String markup) {
        b.append(markup);
        return this;
    }

    /// Appends text that may contain anything.
    Html text(String text) {
        b.append(escaped(text));
        return this;
    }

    Html tag(String name, String text) {
        return raw("<" + name + ">").text(text).raw("</" + name + ">");
    }

    Html heading(int level, String text) {
        return tag("h" + level, text);
    }

    /// A heading row; a name that begins with `#` is a right-aligned, numerically sorted column.
    Html head(List<String> names) {
        raw("<thead><tr>");
        for (String n : names) {
            boolean number = n.startsWith("#");
            raw(number ? "<th class=n data-sort=n>" : "<th data-sort=t>")
                    .text(number ? n.substring(1) : n)
                    .raw("</th>");
        }
        return raw("</tr></thead>");
    }

    Html cell(String text) {
        return raw("<td>").text(text).raw("</td>");
    }

    /// A number with the value it sorts by.
    Html number(double value, String text) {
        return raw("<td class=n data-v=\"" + value + "\">").text(text).raw("</td>");
    }

    static String escaped(String text) {
        StringBuilder e = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> e.append("&amp;");
                case '<' -> e.append("&lt;");
                case '>' -> e.append("&gt;");
                case '"' -> e.append("&quot;");
                case '\'' -> e.append("&#39;");
                default -> e.append(c);
            }
        }
        return e.toString();
    }

    @Override
    public String toString() {
        return b.toString();
    }
}
