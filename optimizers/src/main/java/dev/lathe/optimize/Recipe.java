package dev.lathe.optimize;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An ordered list of passes with options: applied to the same model it gives the same bytes. Saved as JSON
/// by [RecipeFile].
public record Recipe(List<Step> steps) {
    public static final Recipe EMPTY = new Recipe(List.of());

    /// One pass by registered name; options that are left out take their defaults.
    public record Step(String pass, Map<String, String> options) {
        public Step {
            options = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(options));
        }
    }

    public Recipe {
        steps = List.copyOf(steps);
    }

    public Recipe then(Step step) {
        var next = new java.util.ArrayList<>(steps);
        next.add(step);
        return new Recipe(next);
    }
}
