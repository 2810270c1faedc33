package dev.lathe.profile.insight;

import dev.lathe.profile.engine.SessionConfig;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// What to do about a finding, as one or two sentences, and the act with which Lathe does it, where it can.
public record Remedy(String text, Optional<Act> act) {

    /// Something that Lathe can do.
    public sealed interface Act {

        /// Applies a pass with these options beside its usual ones.
        record Pass(String name, Map<String, String> options) implements Act {
            public Pass {
                options = Map.copyOf(options);
            }
        }

        /// Measures again with these threads or this level of the engine's optimization, otherwise in the same way.
        /// `line` is the command line that does.
        record Again(OptionalInt threads, Optional<SessionConfig.Level> level, String line) implements Act {}

        /// A command line, with MODEL for the model's file.
        record Command(String line) implements Act {}
    }

    public static Remedy byHand(String text) {
        return new Remedy(text, Optional.empty());
    }

    public static Remedy pass(String text, String name) {
        return new Remedy(text, Optional.of(new Act.Pass(name, Map.of())));
    }

    public static Remedy command(String text, String line) {
        return new Remedy(text, Optional.of(new Act.Command(line)));
    }

    /// Measures again with so many threads.
    ///
    /// @param line the command line that does, with MODEL for the model's file
    public static Remedy threads(String text, int threads, String line) {
        return new Remedy(text, Optional.of(new Act.Again(OptionalInt.of(threads), Optional.empty(), line)));
    }

    /// Measures again with this level of the engine's optimization.
    ///
    /// @param line the command line that does, with MODEL for the model's file
    public static Remedy level(String text, SessionConfig.Level level, String line) {
        return new Remedy(text, Optional.of(new Act.Again(OptionalInt.empty(), Optional.of(level), line)));
    }

    /// The command line that does it; empty where Lathe cannot.
    public Optional<String> commandLine() {
        return act.map(a -> switch (a) {
            case Act.Again again -> again.line();
            case Act.Command c -> c.line();
            case Act.Pass p -> "lathe optimize MODEL --pass " + p.name() + " -o OUT";
        });
    }
}
