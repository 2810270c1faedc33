package dev.lathe.optimize;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.profile.engine.ModelRunner;
import java.util.Map;
import java.util.function.Consumer;

/// What a pass may use: progress and cancel, its options (complete, defaults filled in), a runner for
/// constant parts, and a place for remarks.
public record PassContext(
        JobContext job, Map<String, String> options, ModelRunner runner, Consumer<Diagnostic> remarks) {
    public PassContext {
        options = Map.copyOf(options);
    }

    /// The value of a declared option. @throws IllegalArgumentException when the pass did not declare it
    public String option(String name) {
        String v = options.get(name);
        if (v == null) {
            throw new IllegalArgumentException("undeclared option " + name);
        }
        return v;
    }

    public boolean flag(String name) {
        return Boolean.parseBoolean(option(name));
    }
}
