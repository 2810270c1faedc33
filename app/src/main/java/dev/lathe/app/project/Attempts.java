package dev.lathe.app.project;

import java.util.concurrent.atomic.AtomicLong;

/// Gives out attempts, none of them twice.
final class Attempts {
    private final AtomicLong last = new AtomicLong(Attempt.NONE.number());

    Attempt next() {
        return new Attempt(last.incrementAndGet());
    }
}
