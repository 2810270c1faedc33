package dev.lathe.graph.analyze;

import dev.lathe.graph.Attrs;
import dev.lathe.graph.Function;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.OperatorKey;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.op.Either;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/// Goes into the model's functions where nodes call them: formal inputs are the actual ones, attributes the caller's.
final class Calls {
    private final Model model;
    private final Following following;
    private final Contradictions contradictions;
    private final BiConsumer<Graph, Scope> infer;
    private final Map<OperatorKey, Function> functions = new HashMap<>();
    /// Of the bodies, which are called again and again.
    private final Map<Graph, Positions> positions = new IdentityHashMap<>();
    private final Map<ValueId, ValueType> joined = new HashMap<>();
    private final FollowedCalls followed = new FollowedCalls();

    /// @param infer goes through a body whose inputs are known in the scope
    Calls(Model model, Following following, Contradictions contradictions, BiConsumer<Graph, Scope> infer) {
        this.model = model;
        this.following = following;
        this.contradictions = contradictions;
        this.infer = infer;
        model.functions().forEach(f -> functions.put(OperatorKey.of(f), f));
    }

    Map<OperatorKey, Function> functions() {
        return functions;
    }

    Optional<Function> called(Node node) {
        return Optional.ofNullable(functions.get(OperatorKey.of(node)));
    }

    /// What the values inside functions are in any of the calls.
    Map<ValueId, ValueType> joined() {
        return joined;
    }

    /// Infers the function's body for this call. Empty where it cannot be followed, which is told.
    Optional<FollowedCalls.Outcome> infer(Function function, Node node, Scope caller, FollowedCalls.Standing standing) {
        List<ValueId> given =
                node.inputs().stream().limit(function.body().inputs().size()).toList();
        FollowedCalls.Call call = new FollowedCalls.Call(
                function.body(),
                caller.attrs(node),
                given.stream()
                        .map(in -> new FollowedCalls.Actual(
                                caller.known(in), caller.constant(in), caller.isBeyondLoading(in)))
                        .toList(),
                standing);
        Optional<FollowedCalls.Outcome> outcome = followed.find(call);
        if (outcome.isPresent()) {
            contradictions.counted(contradictions.counted() + outcome.get().contradictions());
        } else {
            Optional<String> refusal = following.enter(function);
            if (refusal.isPresent()) {
                notFollowed(node, refusal.get(), standing.aside());
                return Optional.empty();
            }
            outcome = Optional.of(follow(function, call, caller));
        }
        if (outcome.get().inside().isPresent()) {
            caller.call(node.id(), outcome.get().inside().get());
        } else {
            notFollowed(
                    node,
                    "calls of functions amount to too many nodes; what this one costs is unknown",
                    standing.aside());
        }
        return outcome;
    }

    private FollowedCalls.Outcome follow(Function function, FollowedCalls.Call call, Scope caller) {
        Graph body = function.body();
        Map<String, Long> opsets = function.opsets().isEmpty() ? model.opsets() : function.opsets();
        Scope inside = caller.ofCall(
                positions.computeIfAbsent(body, Positions::of), opsets, withDefaults(call.attributes(), function));
        for (int i = 0; i < call.inputs().size(); i++) {
            ValueId formal = body.inputs().get(i);
            FollowedCalls.Actual actual = call.inputs().get(i);
            inside.know(formal, actual.known());
            inside.beyondLoading(formal, actual.beyondLoading());
            actual.constant().ifPresent(t -> inside.constant(formal, t));
        }
        int contradictionsBefore = contradictions.counted();
        long refusalsBefore = following.refusals();
        try {
            infer.accept(body, inside);
        } finally {
            following.leave(function);
        }
        body.forEachGraph(g -> g.values()
                .forEach(v -> joined.merge(v.id(), inside.known(v.id()).type(), Either::ofAny)));
        FollowedCalls.Outcome outcome = new FollowedCalls.Outcome(
                body.outputs().stream().map(inside::known).toList(),
                inside.isAnyBeyondLoading(body.outputs()),
                Optional.of(inside).filter(scope -> following.keeps(body)),
                contradictions.counted() - contradictionsBefore);
        // Elsewhere the same call may be followed further than here.
        if (following.refusals() == refusalsBefore) {
            followed.keep(call, outcome);
        }
        return outcome;
    }

    /// Tells that a call or a body was not gone into. Of one trip out of several nobody needs to know: what holds in
    /// all of them was told before.
    void notFollowed(Node node, String sentence, boolean aside) {
        if (!aside) {
            contradictions.doubt(node, sentence);
        }
    }

    private static Attrs withDefaults(Attrs given, Function function) {
        List<Attrs.Entry> all = new ArrayList<>(given.entries());
        Set<String> names = new HashSet<>();
        all.forEach(e -> names.add(e.name()));
        for (Attrs.Entry e : function.defaults().entries()) {
            if (names.add(e.name())) {
                all.add(e);
            }
        }
        return new Attrs(all);
    }
}
