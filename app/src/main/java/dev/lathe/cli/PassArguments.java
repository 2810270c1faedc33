package dev.lathe.cli;

import dev.lathe.core.LatheException;
import dev.lathe.optimize.OptionSpec;
import dev.lathe.optimize.Pass;
import dev.lathe.optimize.PassCatalog;
import dev.lathe.optimize.PassInfo;
import dev.lathe.optimize.Pipeline;
import dev.lathe.optimize.Recipe;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// `NAME[:k=v,…]` as a step of a recipe. A comma inside a value is written `\,`.
final class PassArguments {
    private PassArguments() {}

    /// @param option the option that these are arguments of, for messages
    /// @throws LatheException when a pass or an option does not exist, or a value does not fit
    static Recipe recipe(String option, List<String> arguments) throws LatheException {
        Recipe recipe = Recipe.EMPTY;
        for (String argument : arguments) {
            recipe = recipe.then(step(option, argument));
        }
        Pipeline.check(recipe);
        return recipe;
    }

    private static Recipe.Step step(String option, String argument) throws LatheException {
        int colon = argument.indexOf(':');
        String name = colon < 0 ? argument : argument.substring(0, colon);
        List<Pass> all = PassCatalog.all();
        PassInfo pass = all.stream()
                .map(Pass::info)
                .filter(i -> i.name().equals(name))
                .findFirst()
                .orElseThrow(() -> TargetOptions.wrong(
                        option,
                        (name.isEmpty() ? "a pass without a name" : "there is no pass '" + name + "'") + "; there is "
                                + all.stream().map(p -> p.info().name()).collect(Collectors.joining(", "))
                                + (name.contains(",") ? ". Give " + option + " once for each." : ".")));
        Map<String, String> options = new LinkedHashMap<>();
        if (colon >= 0) {
            for (String pair : argument.substring(colon + 1).split("(?<!\\\\),", -1)) {
                int eq = pair.indexOf('=');
                if (eq < 1) {
                    throw TargetOptions.wrong(
                            option,
                            "'" + pair + "' in '" + argument + "' is not option=value (a comma inside a value is"
                                    + " written \\,); options of " + name + ": " + options(pass) + ".");
                }
                String key = pair.substring(0, eq).strip();
                if (options.put(key, pair.substring(eq + 1).replace("\\,", ",")) != null) {
                    throw TargetOptions.wrong(option, "'" + key + "' is given twice in '" + argument + "'.");
                }
            }
        }
        return new Recipe.Step(name, options);
    }

    private static String options(PassInfo pass) {
        return pass.options().isEmpty()
                ? "none"
                : pass.options().stream().map(OptionSpec::name).collect(Collectors.joining(", "));
    }
}
