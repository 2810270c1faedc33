package dev.lathe.app.project;

import dev.lathe.core.Diagnostic;

/// Whether a model is being run and measured now.
public sealed interface RunState {

    /// Nothing runs.
    record Idle() implements RunState {}

    /// The variant is being measured; `stopping` from the moment that it was asked to stop. It is known until its end,
    /// even when the variant is taken away meanwhile.
    record Running(Attempt attempt, VariantId variant, boolean stopping) implements RunState {}

    /// The last run ended with a problem, such as a worker that was killed. Run works again.
    record Failed(VariantId variant, Diagnostic why) implements RunState {}

    RunState IDLE = new Idle();

    default boolean running() {
        return this instanceof Running;
    }

    /// Whether it is this variant that runs.
    default boolean runs(VariantId which) {
        return this instanceof Running r && r.variant().equals(which);
    }

    /// Whether this attempt is what runs.
    default boolean is(Attempt which) {
        return this instanceof Running r && r.attempt().equals(which);
    }
}
