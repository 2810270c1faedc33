package dev.lathe.profile.insight;

import java.util.Map;
import java.util.Optional;

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

    /// The command line that does it; empty where Lathe cannot.
    public Optional<String> commandLine() {
        return act.map(a -> switch (a) {
            case Act.Command c -> c.line();
            case Act.Pass p -> "lathe optimize MODEL --pass " + p.name() + " -o OUT";
        });
    }
}
