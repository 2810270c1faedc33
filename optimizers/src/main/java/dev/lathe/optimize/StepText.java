package dev.lathe.optimize;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// A recipe step as one word on the command line: `name` or `name:option=value,option=value`. A part without
/// `=` belongs to the value before it, so patterns keep their commas: `quantize-dynamic:exclude=*head*,*stem*`.
public final class StepText {
    private StepText() {}

    /// @throws LatheException when an option has no name or no value; whether it exists is checked by [Pipeline]
    public static Recipe.Step parse(String text) throws LatheException {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return new Recipe.Step(text.strip(), Map.of());
        }
        Map<String, String> options = new LinkedHashMap<>();
        String last = "";
        for (String part : text.substring(colon + 1).split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                last = part.substring(0, equals).strip();
                options.put(last, part.substring(equals + 1));
            } else if (equals < 0 && !last.isEmpty()) {
                options.merge(last, part, (a, b) -> a + "," + b);
            } else {
                throw new LatheException(Diagnostic.error(
                                "bad-option", "'" + part + "' is no option.", new Place.AtOption("--pass " + text))
                        .withRemedy("Write name:option=value,option=value."));
            }
        }
        return new Recipe.Step(text.substring(0, colon).strip(), options);
    }

    public static String print(Recipe.Step step) {
        return step.options().isEmpty()
                ? step.pass()
                : step.pass() + ":"
                        + step.options().entrySet().stream()
                                .map(e -> e.getKey() + "=" + e.getValue())
                                .collect(Collectors.joining(","));
    }
}
