package dev.lathe.graph.verify;

import dev.lathe.graph.Attr;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.Function;
import dev.lathe.graph.Node;
import dev.lathe.graph.op.AttrSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/// What a call gives a function as attributes is what the operators in the function's body, or in that of a function
/// called there, want of the attributes that refer to it.
final class FunctionAttributesRule implements Rule {
    /// References that are handed on further than this are not followed.
    private static final int DEEPEST = 100;

    /// So many attributes that a call lacks are told, and how many more there are.
    private static final int MOST_TOLD = 3;

    /// Of one attribute of a function: the first use of it that wants this kind, and one that must have it.
    ///
    /// @param by the attribute that refers to it, with its operator
    private record Need(String attribute, AttrSpec.Kind kind, boolean required, String by) {
        boolean isMetBy(Attr given) {
            return kind.takes(given);
        }
    }

    /// What a function needs, by attribute, and what calls are asked for that do not give any.
    ///
    /// @param missing required and without a default
    /// @param wrong have a default of another kind
    private record Needs(
            Map<String, List<Need>> all,
            Map<String, Attr> defaults,
            Map<String, Need> missing,
            Map<String, Need> wrong) {
        static final Needs NONE = new Needs(Map.of(), Map.of(), Map.of(), Map.of());
    }

    @Override
    public void check(Subject s) {
        Map<Function, Needs> needs = new IdentityHashMap<>();
        s.forEachNode((node, graph, opsets) -> s.function(node).ifPresent(f -> call(s, node, needs(s, f, 0, needs))));
    }

    /// Takes as long as the call has attributes, not as the function has: a call is one line, and there are many.
    private static void call(Subject s, Node node, Needs needs) {
        Set<String> given = new HashSet<>();
        for (Attrs.Entry e : node.attrs().entries()) {
            // Of two of one name the first counts.
            if (given.add(e.name())) {
                needs.all().getOrDefault(e.name(), List.of()).stream()
                        .filter(need -> !need.isMetBy(e.value()))
                        .findFirst()
                        .ifPresent(need -> wrongKind(s, node, need, e.value(), ""));
            }
        }
        told(
                needs.missing(),
                given,
                (need, others) -> s.error(
                        "attribute-missing",
                        "the attribute '" + need.attribute() + "' must be given: the function uses it as " + need.by()
                                + others,
                        node));
        told(
                needs.wrong(),
                given,
                (need, others) -> wrongKind(
                        s, node, need, Objects.requireNonNull(needs.defaults().get(need.attribute())), others));
    }

    private static void wrongKind(Subject s, Node node, Need need, Attr value, String others) {
        s.error(
                "attribute-kind",
                "the attribute '" + need.attribute() + "' must be " + AttributesRule.words(need.kind()) + ", it is "
                        + AttributesRule.words(value) + ": the function uses it as " + need.by() + others,
                node);
    }

    /// The first of those needs whose attributes are not given, the last of them with how many more there are: a
    /// function may have thousands, and as many calls.
    private static void told(Map<String, Need> needs, Set<String> given, BiConsumer<Need, String> tell) {
        long open = needs.size() - given.stream().filter(needs::containsKey).count();
        Iterator<Need> all = needs.values().iterator();
        for (long told = 0; told < Math.min(open, MOST_TOLD); ) {
            Need need = all.next();
            if (!given.contains(need.attribute())) {
                told++;
                long more = open - told;
                tell.accept(need, told == MOST_TOLD && more > 0 ? "; and " + more + " more like it" : "");
            }
        }
    }

    /// Found once for each function. One that comes back to itself needs nothing more: that is told elsewhere.
    private static Needs needs(Subject s, Function f, int depth, Map<Function, Needs> known) {
        Needs before = known.get(f);
        if (before != null || depth > DEEPEST) {
            return before == null ? Needs.NONE : before;
        }
        known.put(f, Needs.NONE);
        Map<String, List<Need>> found = new LinkedHashMap<>();
        f.body().forEachGraph(g -> {
            for (Node n : g.nodes()) {
                for (Attrs.Entry e : n.attrs().entries()) {
                    if (e.value() instanceof Attr.RefAttr(String attribute, int type)) {
                        referred(s, f, n, e.name(), attribute, depth, known, found);
                    }
                }
            }
        });
        Needs all = withDefaults(found, f);
        known.put(f, all);
        return all;
    }

    private static Needs withDefaults(Map<String, List<Need>> found, Function f) {
        Map<String, Attr> defaults = new HashMap<>();
        f.defaults().entries().forEach(e -> defaults.putIfAbsent(e.name(), e.value()));
        Map<String, Need> missing = new LinkedHashMap<>();
        Map<String, Need> wrong = new LinkedHashMap<>();
        found.forEach((attribute, needs) -> {
            Attr value = defaults.get(attribute);
            if (value == null) {
                needs.stream().filter(Need::required).findFirst().ifPresent(n -> missing.put(attribute, n));
            } else {
                needs.stream().filter(n -> !n.isMetBy(value)).findFirst().ifPresent(n -> wrong.put(attribute, n));
            }
        });
        return new Needs(found, defaults, missing, wrong);
    }

    private static void referred(
            Subject s,
            Function f,
            Node n,
            String own,
            String attribute,
            int depth,
            Map<Function, Needs> known,
            Map<String, List<Need>> into) {
        Optional<Function> inner = s.function(n);
        if (inner.isPresent()) {
            Needs its = needs(s, inner.get(), depth + 1, known);
            for (Need need : its.all().getOrDefault(own, List.of())) {
                boolean required = need.required() && !its.defaults().containsKey(own);
                add(new Need(attribute, need.kind(), required, need.by()), into);
            }
            return;
        }
        s.operator(n).flatMap(op -> op.schema().attr(own)).ifPresent(spec -> {
            boolean required = s.signature(n, s.opsets(f))
                    .map(sig -> sig.attributes().getOrDefault(own, false))
                    .orElse(spec.required());
            add(new Need(attribute, spec.kind(), required, "'" + own + "' of " + n.qualifiedOp()), into);
        });
    }

    /// Of a kind one is enough: an attribute may be used in thousands of places, each of which would be told again for
    /// every function that hands it on.
    private static void add(Need need, Map<String, List<Need>> into) {
        List<Need> same = into.computeIfAbsent(need.attribute(), k -> new ArrayList<>());
        if (same.stream().noneMatch(n -> n.kind() == need.kind() && (n.required() || !need.required()))) {
            same.add(need);
        }
    }
}
