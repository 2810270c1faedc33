package dev.lathe.app.project;

import dev.lathe.core.Diagnostic;

/// Whether a model is being run and measured now.
public sealed interface RunState {

    /// Nothing runs.
    record Idle() implements RunState {}

    /// The variant is being measured; `stopping` from the moment that the user asked it to stop.
    record Running(VariantId variant, boolean stopping) implements RunState {}

    /// The last run ended with a problem, such as a worker that was killed. Run works again.
    record Failed(VariantId variant, Diagnostic why) implements RunState {}

    RunState IDLE = new Idle();

    default boolean running() {
        return this instanceof Running;
    }
}
