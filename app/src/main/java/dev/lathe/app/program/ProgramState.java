package dev.lathe.app.program;

import java.util.Optional;

/// What is shown of an opened program in place of a graph.
///
/// @param file its name
/// @param inputs what it is given, as people write it; empty while that was not said
/// @param missing why nothing here can run it, and what would help
public record ProgramState(Stage stage, String file, String inputs, Optional<String> missing) {
    static final ProgramState NONE = new ProgramState(Stage.NONE, "", "", Optional.empty());

    /// How much is known of it.
    public enum Stage {
        /// Something else is open, or nothing.
        NONE,
        /// What it is given was not said yet.
        ASKED,
        /// Its operators are not known before it ran.
        NOT_RUN,
        RUNNING,
        /// Its operators are shown as layers.
        SHOWN
    }
}
