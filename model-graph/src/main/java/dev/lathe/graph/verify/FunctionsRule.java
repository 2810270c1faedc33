package dev.lathe.graph.verify;

import dev.lathe.core.Place;
import dev.lathe.graph.Attr;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.Function;
import dev.lathe.graph.Node;
import dev.lathe.graph.OperatorKey;
import dev.lathe.graph.ValueId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Model-local functions have a name of their own, formal parameters that differ, do not call themselves, and refer to
/// attributes that they have.
final class FunctionsRule implements Rule {
    @Override
    public void check(Subject s) {
        Set<OperatorKey> names = new HashSet<>();
        for (Function f : s.model().functions()) {
            if (!names.add(OperatorKey.of(f))) {
                s.error("function-twice", "two functions have this name", place(f));
            }
            formals(s, f, "inputs", f.body().inputs());
            formals(s, f, "outputs", f.body().outputs());
            Set<String> attributes = new HashSet<>();
            for (String attribute : f.attributes()) {
                if (!attributes.add(attribute)) {
                    s.error("attribute-twice", "the function has the attribute '" + attribute + "' twice", place(f));
                }
                if (f.defaults().has(attribute)) {
                    s.error(
                            "attribute-twice",
                            "the attribute '" + attribute + "' is both required and has a default",
                            place(f));
                }
            }
            references(s, f);
            if (f.opsets().isEmpty() && !f.body().nodes().isEmpty()) {
                s.error(
                        "opset-missing",
                        "the function imports no operator set, so nobody knows which version of its operators is meant",
                        place(f));
            }
        }
        cycles(s);
        s.model()
                .graph()
                .forEachGraph(g -> g.nodes()
                        .forEach(n -> n.attrs().entries().stream()
                                .filter(e -> e.value() instanceof Attr.RefAttr)
                                .forEach(e -> s.error(
                                        "reference-outside-function",
                                        "the attribute '" + e.name()
                                                + "' refers to a function's attribute, but is in no function",
                                        n))));
    }

    private static void formals(Subject s, Function f, String what, List<ValueId> ids) {
        if (new HashSet<>(ids).size() < ids.size()) {
            s.error("parameter-twice", "two " + what + " of the function have the same name", place(f));
        }
    }

    private static void references(Subject s, Function f) {
        Set<String> known = new HashSet<>(f.attributes());
        f.defaults().entries().forEach(e -> known.add(e.name()));
        f.body().forEachGraph(g -> {
            for (Node n : g.nodes()) {
                for (Attrs.Entry e : n.attrs().entries()) {
                    if (e.value() instanceof Attr.RefAttr(String name, int type) && !known.contains(name)) {
                        s.error(
                                "reference-unknown",
                                "the attribute '" + e.name() + "' refers to '" + name + "', which the function "
                                        + f.name() + " does not have",
                                n);
                    }
                }
            }
        });
    }

    /// Takes away functions that call none that is left until nothing changes; what then remains goes in circles, or
    /// calls such. Functions are told apart by identity: the hash of one goes through all values of its defaults.
    private static void cycles(Subject s) {
        Map<Function, Map<Function, Node>> calls = new IdentityHashMap<>();
        Map<Function, List<Function>> callers = new IdentityHashMap<>();
        for (Function f : s.model().functions()) {
            Map<Function, Node> called = new IdentityHashMap<>();
            f.body()
                    .forEachGraph(g -> g.nodes()
                            .forEach(n -> s.function(n).ifPresent(to -> {
                                if (called.putIfAbsent(to, n) == null) {
                                    callers.computeIfAbsent(to, t -> new ArrayList<>())
                                            .add(f);
                                }
                            })));
            calls.put(f, called);
        }
        Map<Function, Integer> open = new IdentityHashMap<>();
        Deque<Function> free = new ArrayDeque<>();
        calls.forEach((f, called) -> {
            open.put(f, called.size());
            if (called.isEmpty()) {
                free.add(f);
            }
        });
        while (!free.isEmpty()) {
            Function done = free.remove();
            calls.remove(done);
            for (Function caller : callers.getOrDefault(done, List.of())) {
                if (open.merge(caller, -1, Integer::sum) == 0) {
                    free.add(caller);
                }
            }
        }
        for (Function f : s.model().functions()) {
            TreeMap<Integer, Node> within = new TreeMap<>();
            calls.getOrDefault(f, Map.of()).forEach((to, node) -> {
                if (calls.containsKey(to)) {
                    within.put(node.id().index(), node);
                }
            });
            within.values()
                    .forEach(node -> s.error(
                            "function-cycle",
                            "the function " + f.name() + " comes back to itself through this call",
                            node));
        }
    }

    private static Place place(Function f) {
        return new Place.AtNode(f.name(), Subject.words(f.domain()) + " function");
    }
}
