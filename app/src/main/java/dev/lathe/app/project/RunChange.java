package dev.lathe.app.project;

import dev.lathe.profile.engine.SessionConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/// What the next runs are to take other than the last: a number of threads, a level of the engine's optimization.
public record RunChange(OptionalInt threads, Optional<SessionConfig.Level> level) {

    /// `2 threads`, `level extended`.
    public String words() {
        List<String> words = new ArrayList<>();
        threads.ifPresent(t -> words.add(t + (t == 1 ? " thread" : " threads")));
        level.ifPresent(l -> words.add("level " + l.name().toLowerCase(Locale.ROOT)));
        return String.join(", ", words);
    }

    /// Whether runs take it.
    boolean holds(Project p) {
        return (threads.isEmpty() || threads.getAsInt() == p.threads())
                && level.map(l -> l == p.setup().level()).orElse(true);
    }
}
