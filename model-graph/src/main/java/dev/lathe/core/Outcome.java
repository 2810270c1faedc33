package dev.lathe.core;

import java.util.Optional;

/// How a job ended.
public sealed interface Outcome<T> {

    record Done<T>(T value) implements Outcome<T> {}

    record Cancelled<T>() implements Outcome<T> {}

    /// `cause` is present when the failure was our bug rather than a problem in the user's data.
    record Failed<T>(Diagnostic diagnostic, Optional<Throwable> cause) implements Outcome<T> {}
}
