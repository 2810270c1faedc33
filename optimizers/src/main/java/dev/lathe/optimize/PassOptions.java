package dev.lathe.optimize;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Options that somebody gave to a pass, checked against what the pass declares.
final class PassOptions {
    private PassOptions() {}

    /// Every declared option with the given value or its default.
    ///
    /// @throws LatheException when an option is not declared or its value does not fit
    static Map<String, String> complete(PassInfo pass, Map<String, String> given) throws LatheException {
        for (String name : given.keySet()) {
            if (pass.options().stream().noneMatch(o -> o.name().equals(name))) {
                throw wrong(
                        pass,
                        name,
                        "unknown-option",
                        "the pass " + pass.name() + " has no such option.",
                        pass.options().isEmpty()
                                ? "It has none."
                                : "Options: "
                                        + pass.options().stream()
                                                .map(OptionSpec::name)
                                                .collect(Collectors.joining(", "))
                                        + ".");
            }
        }
        Map<String, String> all = new LinkedHashMap<>();
        for (OptionSpec o : pass.options()) {
            String value = Optional.ofNullable(given.get(o.name()))
                    .orElse(o.defaultValue())
                    .strip();
            check(pass, o, value);
            all.put(o.name(), value);
        }
        return all;
    }

    private static void check(PassInfo pass, OptionSpec option, String value) throws LatheException {
        Optional<String> wanted = wanted(option, value);
        if (wanted.isPresent()) {
            throw wrong(
                    pass,
                    option.name(),
                    "bad-option-value",
                    "'" + value + "' does not fit " + pass.name() + "'s " + option.name() + ".",
                    "Give " + wanted.get() + ".");
        }
    }

    /// What the option takes, where `value` is not that.
    private static Optional<String> wanted(OptionSpec option, String value) {
        return switch (option.kind()) {
            case FLAG ->
                value.equals("true") || value.equals("false") ? Optional.empty() : Optional.of("true or false");
            case CHOICE ->
                option.choices().contains(value)
                        ? Optional.empty()
                        : Optional.of("one of " + String.join(", ", option.choices()));
            case INTEGER -> value.matches("\\d{1,18}") ? Optional.empty() : Optional.of("a whole number ≥ 0");
            case NUMBER ->
                value.matches("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d{1,3})?")
                        ? Optional.empty()
                        : Optional.of("a number");
            case PATTERNS, TEXT -> Optional.empty();
        };
    }

    private static LatheException wrong(PassInfo pass, String option, String code, String message, String remedy) {
        return new LatheException(Diagnostic.error(code, message, new Place.AtOption(pass.name() + ":" + option))
                .withRemedy(remedy));
    }
}
