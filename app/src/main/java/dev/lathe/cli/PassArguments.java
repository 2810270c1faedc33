package dev.lathe.cli;

import dev.lathe.core.LatheException;
import dev.lathe.optimize.PassCatalog;
import dev.lathe.optimize.Recipe;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `--pass NAME[:k=v,…]` as a step of a recipe. A comma inside a value is written `\,`.
final class PassArguments {
    private PassArguments() {}

    static Recipe recipe(List<String> arguments) throws LatheException {
        Recipe recipe = Recipe.EMPTY;
        for (String argument : arguments) {
            recipe = recipe.then(step(argument));
        }
        return recipe;
    }

    static Recipe.Step step(String argument) throws LatheException {
        int colon = argument.indexOf(':');
        String name = colon < 0 ? argument : argument.substring(0, colon);
        if (PassCatalog.find(name).isEmpty()) {
            throw TargetOptions.wrong(
                    "--pass",
                    "there is no pass '" + name + "'; there is "
                            + String.join(
                                    ", ",
                                    PassCatalog.all().stream()
                                            .map(p -> p.info().name())
                                            .toList())
                            + ".");
        }
        Map<String, String> options = new LinkedHashMap<>();
        if (colon >= 0) {
            for (String pair : argument.substring(colon + 1).split("(?<!\\\\),")) {
                int eq = pair.indexOf('=');
                if (eq < 1) {
                    throw TargetOptions.wrong("--pass", "'" + pair + "' in '" + argument + "' is not option=value.");
                }
                options.put(pair.substring(0, eq), pair.substring(eq + 1).replace("\\,", ","));
            }
        }
        return new Recipe.Step(name, options);
    }
}
