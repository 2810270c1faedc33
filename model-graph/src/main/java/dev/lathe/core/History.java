package dev.lathe.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An immutable undo history of immutable states: since states share what they did not change, undo is a
/// list.
public record History<S>(List<S> past, S present, List<S> future) {

    public History {
        past = List.copyOf(past);
        future = List.copyOf(future);
    }

    public static <S> History<S> of(S state) {
        return new History<>(List.of(), state, List.of());
    }

    /// The history after an act; what could be redone is dropped. The same instance when nothing changed.
    public History<S> push(S next) {
        if (next == present) {
            return this;
        }
        List<S> p = new ArrayList<>(past);
        p.add(present);
        return new History<>(p, next, List.of());
    }

    /// The same position in history with a present that is not an act of the user (a measurement that
    /// arrived).
    public History<S> withPresent(S state) {
        return new History<>(past, state, future);
    }

    public Optional<History<S>> undo() {
        if (past.isEmpty()) {
            return Optional.empty();
        }
        List<S> f = new ArrayList<>(future);
        f.addFirst(present);
        return Optional.of(new History<>(past.subList(0, past.size() - 1), past.getLast(), f));
    }

    public Optional<History<S>> redo() {
        if (future.isEmpty()) {
            return Optional.empty();
        }
        List<S> p = new ArrayList<>(past);
        p.add(present);
        return Optional.of(new History<>(p, future.getFirst(), future.subList(1, future.size())));
    }
}
