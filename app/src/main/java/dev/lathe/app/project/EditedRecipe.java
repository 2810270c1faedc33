package dev.lathe.app.project;

import dev.lathe.optimize.Recipe;
import dev.lathe.optimize.edit.EditByHand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Recipes that end with edits by hand: further edits go into that last step.
final class EditedRecipe {
    private EditedRecipe() {}

    static Recipe.Step step(String script) {
        return new Recipe.Step(EditByHand.NAME, Map.of(EditByHand.SCRIPT, script));
    }

    /// The statements of the last step, when that is one of edits.
    static Optional<String> script(Recipe recipe) {
        return recipe.steps().isEmpty()
                ? Optional.empty()
                : Optional.of(recipe.steps().getLast())
                        .filter(s -> s.pass().equals(EditByHand.NAME))
                        .map(s -> s.options().getOrDefault(EditByHand.SCRIPT, ""));
    }

    /// `recipe` with `script` behind the statements of its last step; empty when that is another pass.
    static Optional<Recipe> with(Recipe recipe, String script) {
        return script(recipe).map(before -> {
            List<Recipe.Step> steps = new ArrayList<>(recipe.steps());
            steps.set(steps.size() - 1, step(before.isBlank() ? script : before + "\n" + script));
            return new Recipe(steps);
        });
    }

    /// The statements that `after` has more than `before`; empty when more than that differs.
    static Optional<String> added(Recipe before, Recipe after) {
        Optional<String> now = script(after);
        if (now.isEmpty() || before.equals(after)) {
            return Optional.empty();
        }
        if (after.steps().size() == before.steps().size() + 1) {
            return now.filter(s -> before.then(after.steps().getLast()).equals(after));
        }
        String old = script(before).orElse("");
        return now.filter(s -> s.startsWith(old + "\n"))
                .map(s -> s.substring(old.length() + 1))
                .filter(s -> with(before, s).equals(Optional.of(after)));
    }
}
