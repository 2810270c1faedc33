package dev.lathe.cli;

import dev.lathe.core.LatheException;
import dev.lathe.optimize.Recipe;
import dev.lathe.optimize.RecipeFile;
import java.nio.file.Path;
import java.util.List;

/// `--variant`: `PASS[:k=v,…][+PASS…]`, or a recipe file.
final class VariantArguments {
    private VariantArguments() {}

    static Recipe recipe(String argument) throws LatheException {
        Path file = Path.of(argument);
        if (argument.endsWith(".json")) {
            return RecipeFile.read(file);
        }
        return PassArguments.recipe("--variant", List.of(argument.split("\\+", -1)));
    }
}
