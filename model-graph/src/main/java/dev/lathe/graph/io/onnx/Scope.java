package dev.lathe.graph.io.onnx;

import dev.lathe.graph.ValueId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Which value a name means inside one graph: its own values first, then those of the graphs around it.
final class Scope {
    private final Optional<Scope> outer;
    private final Map<String, ValueId> names = new HashMap<>();

    private Scope(Optional<Scope> outer) {
        this.outer = outer;
    }

    static Scope outermost() {
        return new Scope(Optional.empty());
    }

    Scope nested() {
        return new Scope(Optional.of(this));
    }

    /// The value of this very graph with that name.
    Optional<ValueId> own(String name) {
        return Optional.ofNullable(names.get(name));
    }

    void define(String name, ValueId id) {
        names.put(name, id);
    }

    void forget(String name) {
        names.remove(name);
    }

    Optional<ValueId> resolve(String name) {
        for (Optional<Scope> s = Optional.of(this); s.isPresent(); s = s.get().outer) {
            Optional<ValueId> found = s.get().own(name);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
