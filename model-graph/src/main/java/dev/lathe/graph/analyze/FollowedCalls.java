package dev.lathe.graph.analyze;

import dev.lathe.graph.Attrs;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.op.Known;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The calls of functions that inference went into: one with the same attributes and the same facts of its inputs comes
/// to the same, so that functions which call each other again and again take as long as there are different calls.
final class FollowedCalls {
    /// @param certain whether the call is outside bodies that may never run: only there sizes are bound to each other,
    ///     and contradictions are errors
    record Arguments(
            Graph body, Attrs attributes, List<Known> inputs, List<Optional<Tensor>> constants, boolean certain) {}

    /// @param contradictions how many were found inside
    record Outcome(Scope inside, int contradictions) {}

    private final Map<Arguments, Outcome> outcomes = new HashMap<>();

    Optional<Outcome> find(Arguments arguments) {
        return Optional.ofNullable(outcomes.get(arguments));
    }

    void keep(Arguments arguments, Outcome outcome) {
        outcomes.put(arguments, outcome);
    }
}
