package dev.lathe.core;

import java.util.Optional;

/// A problem (or remark) about the user's model, file or machine, in words that name the place.
///
/// `code` is a stable kebab-case key such as `file-truncated`; `message` one sentence without the place;
/// `remedy` what the user can do about it.
public record Diagnostic(Severity severity, String code, String message, Place place, Optional<String> remedy) {

    public static Diagnostic error(String code, String message, Place place) {
        return new Diagnostic(Severity.ERROR, code, message, place, Optional.empty());
    }

    public static Diagnostic warning(String code, String message, Place place) {
        return new Diagnostic(Severity.WARNING, code, message, place, Optional.empty());
    }

    public static Diagnostic info(String code, String message, Place place) {
        return new Diagnostic(Severity.INFO, code, message, place, Optional.empty());
    }

    public Diagnostic withRemedy(String text) {
        return new Diagnostic(severity, code, message, place, Optional.of(text));
    }

    /// The same of another place.
    public Diagnostic at(Place other) {
        return new Diagnostic(severity, code, message, other, remedy);
    }

    /// One line for people: place, message, remedy.
    public String line() {
        String where = place.words();
        String stop = remedy.isPresent() && !message.endsWith(".") ? "." : "";
        return (where.isEmpty() ? "" : where + ": ")
                + message
                + stop
                + remedy.map(r -> " " + r).orElse("");
    }
}
