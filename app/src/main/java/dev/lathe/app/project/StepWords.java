package dev.lathe.app.project;

import java.util.Optional;

/// What a step of the history was, in a few words, for Undo and Redo.
public final class StepWords {
    private static final int MOST = 60;

    private StepWords() {}

    /// What Undo would take back; empty when there is no word for it, or nothing to undo.
    public static Optional<String> undo(Store store) {
        return store.beforeLastStep().flatMap(before -> between(before, store.state()));
    }

    /// What Redo would do again; empty when there is no word for it, or nothing to redo.
    public static Optional<String> redo(Store store) {
        return store.afterNextStep().flatMap(after -> between(store.state(), after));
    }

    /// The edit by hand that leads from one project to the next.
    private static Optional<String> between(Project before, Project after) {
        return after.variants().stream()
                .flatMap(v -> before
                        .variant(v.id())
                        .or(() -> v.parent().flatMap(after::variant))
                        .flatMap(old -> EditedRecipe.added(old.recipe(), v.recipe()))
                        .stream())
                .findFirst()
                .map(StepWords::line);
    }

    private static String line(String script) {
        String first = script.strip().lines().findFirst().orElse("");
        boolean whole = first.length() <= MOST && first.equals(script.strip());
        return whole ? first : first.substring(0, Math.min(MOST, first.length())) + " …";
    }
}
