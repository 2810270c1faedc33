package dev.lathe.graph.analyze;

import dev.lathe.graph.Attr;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.op.Known;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The calls of functions that inference went into: one with the same attributes and the same facts of its inputs comes
/// to the same, so that functions which call each other again and again take as long as there are different calls.
final class FollowedCalls {
    /// Longer ones are not looked through at each call: two that are equal and not the same are followed apart.
    private static final int SHORT = 64;

    /// Where a call stands decides what is told inside.
    ///
    /// @param certain whether the call is outside bodies that may never run: only there sizes are bound
    ///     to each other, and contradictions are errors
    /// @param inLoop whether it is in a loop, of whose sizes ONNX Runtime knows less when it loads the model
    /// @param aside whether this is one trip of a loop out of several
    record Standing(boolean certain, boolean inLoop, boolean aside) {}

    /// @param beyondLoading whether ONNX Runtime knows less of it when it loads the model
    record Actual(Known known, Optional<Tensor> constant, boolean beyondLoading) {}

    /// @param attributes the caller's, without the defaults, which the body implies
    record Call(Graph body, Attrs attributes, List<Actual> inputs, Standing standing) {}

    /// @param outputs what the function gives
    /// @param beyondLoading whether ONNX Runtime knows less of that when it loads the model
    /// @param inside what is known inside, unless there was no room to keep it
    /// @param contradictions how many were found inside
    record Outcome(List<Known> outputs, boolean beyondLoading, Optional<Scope> inside, int contradictions) {}

    private record Same(Object object) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Same(Object o) && o == object;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(object);
        }
    }

    private record Key(Graph body, List<Object> attributes, List<Object> inputs, Standing standing) {}

    private final Map<Key, Outcome> outcomes = new HashMap<>();
    /// The first of equal facts, found by each of them: facts may be long, and looking through them once is enough.
    private final Map<Known, Known> seen = new IdentityHashMap<>();
    private final Map<Known, Known> first = new HashMap<>();

    Optional<Outcome> find(Call call) {
        return Optional.ofNullable(outcomes.get(key(call)));
    }

    void keep(Call call, Outcome outcome) {
        outcomes.put(key(call), outcome);
    }

    private Key key(Call call) {
        List<Object> attributes = new ArrayList<>();
        for (Attrs.Entry e : call.attributes().entries()) {
            attributes.add(e.name());
            attributes.add(isShort(e.value()) ? e.value() : new Same(e.value()));
        }
        List<Object> inputs = new ArrayList<>();
        for (Actual actual : call.inputs()) {
            inputs.add(new Same(firstOf(actual.known())));
            inputs.add(actual.constant().<Object>map(Same::new).orElse(""));
            inputs.add(actual.beyondLoading());
        }
        return new Key(call.body(), attributes, inputs, call.standing());
    }

    private Known firstOf(Known known) {
        return seen.computeIfAbsent(known, k -> first.computeIfAbsent(k, f -> f));
    }

    private static boolean isShort(Attr value) {
        return switch (value) {
            case Attr.IntAttr i -> true;
            case Attr.FloatAttr f -> true;
            case Attr.StringAttr s -> s.value().length() <= SHORT;
            case Attr.IntsAttr i -> i.values().size() <= SHORT;
            case Attr.FloatsAttr f -> f.values().size() <= SHORT;
            case Attr.StringsAttr s -> false;
            case Attr.TensorAttr t -> false;
            case Attr.TensorsAttr t -> false;
            case Attr.GraphAttr g -> false;
            case Attr.GraphsAttr g -> false;
            case Attr.TypeAttr t -> false;
            case Attr.RefAttr r -> false;
            case Attr.OpaqueAttr o -> false;
        };
    }
}
