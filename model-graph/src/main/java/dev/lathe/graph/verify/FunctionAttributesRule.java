package dev.lathe.graph.verify;

import dev.lathe.graph.Attr;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.Function;
import dev.lathe.graph.Node;
import dev.lathe.graph.op.AttrSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a call gives a function as attributes is what the operators in the function's body, or in that of a function
/// called there, want of the attributes that refer to it.
final class FunctionAttributesRule implements Rule {
    /// References that are handed on further than this are not followed.
    private static final int DEEPEST = 100;

    /// Of one attribute of a function.
    ///
    /// @param by the attribute that refers to it, with its operator
    private record Need(String attribute, AttrSpec spec, boolean required, String by) {}

    @Override
    public void check(Subject s) {
        Map<Function, List<Need>> needs = new HashMap<>();
        s.forEachNode((node, graph, opsets) -> s.function(node).ifPresent(f -> {
            for (Need need : needs(s, f, 0, needs)) {
                call(s, node, f, need);
            }
        }));
    }

    private static void call(Subject s, Node node, Function f, Need need) {
        Optional<Attr> given =
                node.attrs().find(need.attribute()).or(() -> f.defaults().find(need.attribute()));
        String use = "the function uses it as " + need.by();
        if (given.isEmpty() && need.required()) {
            s.error("attribute-missing", "the attribute '" + need.attribute() + "' must be given: " + use, node);
        } else if (given.isPresent() && !need.spec().accepts(given.get())) {
            s.error(
                    "attribute-kind",
                    "the attribute '" + need.attribute() + "' must be "
                            + AttributesRule.words(need.spec().kind()) + ", it is "
                            + AttributesRule.words(given.get()) + ": " + use,
                    node);
        }
    }

    /// Found once for each function. One that comes back to itself needs nothing more: that is told elsewhere.
    private static List<Need> needs(Subject s, Function f, int depth, Map<Function, List<Need>> known) {
        List<Need> before = known.get(f);
        if (before != null || depth > DEEPEST) {
            return before == null ? List.of() : before;
        }
        known.put(f, List.of());
        List<Need> found = new ArrayList<>();
        f.body().forEachGraph(g -> {
            for (Node n : g.nodes()) {
                for (Attrs.Entry e : n.attrs().entries()) {
                    if (e.value() instanceof Attr.RefAttr(String attribute, int type)) {
                        referred(s, f, n, e.name(), attribute, depth, known, found);
                    }
                }
            }
        });
        List<Need> all = found.stream().distinct().toList();
        known.put(f, all);
        return all;
    }

    private static void referred(
            Subject s,
            Function f,
            Node n,
            String own,
            String attribute,
            int depth,
            Map<Function, List<Need>> known,
            List<Need> into) {
        Optional<Function> inner = s.function(n);
        if (inner.isPresent()) {
            for (Need need : needs(s, inner.get(), depth + 1, known)) {
                if (need.attribute().equals(own)) {
                    boolean required =
                            need.required() && !inner.get().defaults().has(own);
                    into.add(new Need(attribute, need.spec(), required, need.by()));
                }
            }
            return;
        }
        s.operator(n).flatMap(op -> op.schema().attr(own)).ifPresent(spec -> {
            boolean required = s.signature(n, s.opsets(f))
                    .map(sig -> sig.attributes().getOrDefault(own, false))
                    .orElse(spec.required());
            into.add(new Need(attribute, spec, required, "'" + own + "' of " + n.qualifiedOp()));
        });
    }
}
