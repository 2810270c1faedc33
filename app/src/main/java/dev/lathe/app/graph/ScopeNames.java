package dev.lathe.app.graph;

import dev.lathe.core.OneLine;
import dev.lathe.graph.Node;
import dev.lathe.graph.ValueId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What names say about where a node belongs: the segments of its scope, outermost first.
///
/// Exporters write `/encoder/layer.0/attention/self/query/MatMul` as the node's name, or only the output's,
/// or leave `encoder.layer.0.attention.self.query.weight` on a weight, or (older ones)
/// `res2_0_branch2a_w_0`.
final class ScopeNames {
    /// Names that an exporter made up: they say nothing.
    private static final Pattern MADE_UP =
            Pattern.compile("(onnx::)?([A-Z][A-Za-z0-9]*_\\d+|[A-Za-z]?\\d+|input|output|x|Parameter\\d*"
                    + "|const_\\w+|new_shape\\w*|val|tmp|getitem)(_output_\\d+)?");
    /// Parts of a weight's name that tell which weight of the layer it is.
    private static final Set<String> ROLES = Set.of(
            "w",
            "b",
            "s",
            "weight",
            "weights",
            "bias",
            "scale",
            "offset",
            "mean",
            "variance",
            "var",
            "rm",
            "riv",
            "gamma",
            "beta",
            "quantized",
            "zero",
            "point",
            "running",
            "moving",
            "kernel",
            "bit",
            "width",
            "SHAPE",
            "scales",
            "zp",
            "shape",
            "reshape",
            "output",
            "folded",
            "merged",
            "tmp",
            "x");

    private final Flow flow;
    private final boolean underscores;

    ScopeNames(Flow flow) {
        this.flow = flow;
        underscores = scopesByUnderscore();
    }

    /// The scope that names give, empty when they give none. A node named `/Relu` is known to be at the
    /// root: its list is present and empty.
    Optional<List<String>> scope(int number) {
        Node n = flow.nodes.get(number);
        if (n.name().contains("/")) {
            return Optional.of(slashed(OneLine.of(n.name()), true));
        }
        Optional<List<String>> byOutput = Optional.empty();
        for (ValueId out : n.outputs()) {
            String name = out.isPresent() ? OneLine.of(flow.owners.get(number).nameOf(out)) : "";
            if (name.contains("/")) {
                byOutput = Optional.of(slashed(name, true)).filter(s -> !s.isEmpty());
                break;
            }
        }
        Optional<List<String>> byWeight = byWeights(number);
        if (byOutput.isPresent() && byWeight.isPresent()) {
            return byWeight.get().size() > byOutput.get().size() ? byWeight : byOutput;
        }
        return byOutput.isPresent() ? byOutput : byWeight;
    }

    private Optional<List<String>> byWeights(int number) {
        Optional<List<String>> common = Optional.empty();
        for (ValueId in : flow.nodes.get(number).inputs()) {
            if (!in.isPresent() || !flow.isConstant(in)) {
                continue;
            }
            Optional<List<String>> one = ofWeight(nameOf(number, in));
            if (one.isPresent()) {
                List<String> shared = common.isEmpty() ? one.get() : shared(common.get(), one.get());
                common = shared.isEmpty() ? common : Optional.of(shared);
            }
        }
        return common;
    }

    private String nameOf(int number, ValueId id) {
        String inner = flow.owners.get(number).nameOf(id);
        return inner.startsWith("#") ? flow.graph.nameOf(id) : inner;
    }

    private Optional<List<String>> ofWeight(String raw) {
        String name = raw.startsWith("onnx::") ? raw.substring(6) : raw;
        if (name.endsWith("__SHAPE")) {
            name = name.substring(0, name.length() - 7);
        }
        if (name.isEmpty() || MADE_UP.matcher(name).matches()) {
            return Optional.empty();
        }
        List<String> segments;
        if (name.contains("/")) {
            segments = new ArrayList<>(slashed(name, true));
            if (underscores) {
                segments.addAll(tokens(name.substring(name.lastIndexOf('/') + 1)));
            }
        } else if (name.contains(".")) {
            List<String> parts = List.of(name.split("\\."));
            segments = joined(parts.subList(0, parts.size() - 1), ".");
        } else if (underscores) {
            segments = tokens(name);
        } else {
            return Optional.empty();
        }
        boolean tells = segments.stream()
                .anyMatch(s -> s.length() > 1 && !MADE_UP.matcher(s).matches() && !ROLES.contains(s));
        return tells ? Optional.of(segments) : Optional.empty();
    }

    /// Segments of a slashed name, without its last part when `dropLast`.
    private static List<String> slashed(String name, boolean dropLast) {
        String first = name.contains(";") ? name.substring(0, name.indexOf(';')) : name;
        List<String> parts = new ArrayList<>(Arrays.asList(first.split("/")));
        parts.removeIf(p -> p.isEmpty() || p.equals("StatefulPartitionedCall"));
        if (dropLast && !parts.isEmpty()) {
            parts.removeLast();
        }
        return joined(parts, ".");
    }

    /// `res2_0_branch2a_bn_riv_0` → res2_0, branch2a, bn.
    private static List<String> tokens(String name) {
        List<String> t = new ArrayList<>(Arrays.asList(name.split("_+")));
        t.removeIf(String::isEmpty);
        while (!t.isEmpty()) {
            int last = t.size() - 1;
            if (ROLES.contains(t.get(last))) {
                t.removeLast();
            } else if (last > 0 && isNumber(t.get(last)) && ROLES.contains(t.get(last - 1))) {
                t.removeLast();
                t.removeLast();
            } else {
                break;
            }
        }
        return joined(t, "_");
    }

    /// Joins a number to the word before it: layer, 0 → layer.0.
    private static List<String> joined(List<String> parts, String separator) {
        List<String> out = new ArrayList<>();
        boolean numbered = true;
        for (String p : parts) {
            if (isNumber(p) && !numbered) {
                out.set(out.size() - 1, out.getLast() + separator + p);
                numbered = true;
            } else {
                out.add(p);
                numbered = isNumber(p);
            }
        }
        return out;
    }

    private static boolean isNumber(String s) {
        for (int i = 0; i < s.length(); i++) {
            if (s.charAt(i) < '0' || s.charAt(i) > '9') {
                return false;
            }
        }
        return !s.isEmpty();
    }

    /// Whether this file separates scopes by `_`: hardly any weight has a dot, and the first words repeat.
    private boolean scopesByUnderscore() {
        int dotted = 0;
        int all = 0;
        var firsts = new java.util.HashSet<String>();
        int deep = 0;
        for (int i = 0; i < flow.nodes.size(); i++) {
            for (ValueId in : flow.nodes.get(i).inputs()) {
                if (!in.isPresent() || !flow.isConstant(in) || flow.constant.get(i)) {
                    continue;
                }
                String name = nameOf(i, in);
                if (MADE_UP.matcher(name).matches() || name.contains("::")) {
                    continue;
                }
                all++;
                dotted += name.contains(".") ? 1 : 0;
                List<String> t = tokens(name.substring(name.lastIndexOf('/') + 1));
                if (t.size() > 1) {
                    deep++;
                    firsts.add(t.getFirst());
                }
            }
        }
        return all >= 8 && dotted * 3 < all && deep * 2 > all && firsts.size() * 2 <= deep;
    }

    /// The common beginning of two scopes.
    static List<String> shared(List<String> a, List<String> b) {
        int n = 0;
        while (n < a.size() && n < b.size() && a.get(n).equals(b.get(n))) {
            n++;
        }
        return a.subList(0, n);
    }
}
