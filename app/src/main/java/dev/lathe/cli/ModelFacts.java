package dev.lathe.cli;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.Severity;
import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.analyze.UnsettledSize;
import dev.lathe.report.ModelBytes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What `inspect` says of one model. `symbolic` has only the sizes that the user gave, `sized` an assumed
/// size for every other free dimension: shapes are told from the first, amounts from the second, with the
/// assumption beside them.
///
/// @param findings what inference found wrong, and the verifier when `verified`
record ModelFacts(
        Path file, Analysis symbolic, Analysis sized, DimBindings given, List<Diagnostic> findings, boolean verified) {

    /// Tensors that the text tells of.
    private static final int MOST_SIZES = 5;

    private Model model() {
        return sized.model();
    }

    /// Sizes that nobody gave.
    Map<String, Long> assumed() {
        Map<String, Long> assumed = new TreeMap<>(sized.dims().sizes());
        assumed.keySet().removeAll(given.sizes().keySet());
        assumed.keySet().retainAll(settable());
        return assumed;
    }

    private Set<String> settable() {
        Set<String> all = new HashSet<>(given.sizes().keySet());
        all.addAll(symbolic.freeDims().keySet());
        return all;
    }

    Map<String, @Nullable Object> json() {
        Model m = model();
        Map<String, @Nullable Object> j = new LinkedHashMap<>();
        j.put("model", file.toString());
        j.put("format", m.format());
        j.put("irVersion", m.irVersion());
        j.put("opset", m.opset());
        j.put("opsets", m.opsets());
        j.put("producer", (m.producerName() + " " + m.producerVersion()).strip());
        j.put("nodes", m.graph().nodes().size());
        j.put("nodesWithSubgraphs", m.graph().allNodes());
        j.put("functions", m.functions().size());
        j.put("fileBytes", fileBytes());
        j.put("parameters", number(sized.costs().total().parameters()));
        j.put("parameterBytes", number(sized.costs().total().parameterBytes()));
        j.put("macs", number(sized.costs().total().macs()));
        j.put("flops", number(sized.costs().total().flops()));
        j.put("unknownCosts", unknownCosts());
        j.put("peakActivationBytes", number(sized.liveness().peakBytes()));
        j.put("unknownMemory", unknownMemory());
        j.put("foldedBytes", sized.liveness().foldedBytes());
        // Sizes that follow from others cannot be given back with --dim.
        Map<String, Long> dims = new TreeMap<>(sized.dims().sizes());
        dims.keySet().retainAll(settable());
        j.put("dims", dims);
        j.put("assumedDims", assumed());
        j.put("freeDims", new TreeMap<>(symbolic.freeDims()));
        j.put("openDims", sized.openDims());
        Map<String, String> following = new TreeMap<>();
        symbolic.following().forEach((name, amount) -> following.put(name, amount.toString()));
        j.put("followingDims", following);
        j.put("unsettled", unsettled().stream().map(this::json).toList());
        j.put("inputs", ports(m.graph().requiredInputs()));
        j.put("outputs", ports(m.graph().outputs()));
        j.put("operators", operators());
        j.put(
                "diagnostics",
                findings.stream()
                        .map(d -> Map.of(
                                "severity", d.severity().name().toLowerCase(java.util.Locale.ROOT),
                                "code", d.code(),
                                "message", d.line()))
                        .toList());
        if (verified) {
            j.put("valid", findings.stream().noneMatch(d -> d.severity() == Severity.ERROR));
        }
        return j;
    }

    private List<UnsettledSize> unsettled() {
        return UnsettledSize.of(model(), sized.inference());
    }

    private Map<String, @Nullable Object> json(UnsettledSize d) {
        Map<String, @Nullable Object> j = new LinkedHashMap<>();
        j.put("node", d.place().shownName());
        j.put("op", d.place().node().qualifiedOp());
        j.put("tensor", d.place().graph().nameOf(d.tensor()));
        j.put("dtype", d.type().dtype().map(DType::text).orElse(null));
        j.put("shape", ValueLines.shape(d.type().shape()));
        return j;
    }

    private static @Nullable Long number(Dim amount) {
        return amount.fixed().isPresent() ? amount.fixed().getAsLong() : null;
    }

    private long fileBytes() {
        return ModelBytes.of(file, model());
    }

    /// Operators whose cost is not known, with how often they occur.
    private Map<String, Integer> unknownCosts() {
        Map<String, Integer> unknown = new TreeMap<>();
        sized.costs()
                .unknown()
                .forEach(
                        id -> model().graph().node(id).ifPresent(n -> unknown.merge(n.qualifiedOp(), 1, Integer::sum)));
        return unknown;
    }

    private Map<String, Integer> operators() {
        Map<String, Integer> counts = new TreeMap<>();
        model().graph().forEachGraph(g -> {
            for (Node n : g.nodes()) {
                counts.merge(n.qualifiedOp(), 1, Integer::sum);
            }
        });
        return counts;
    }

    private List<Map<String, @Nullable Object>> ports(List<ValueId> ids) {
        Graph g = model().graph();
        List<Map<String, @Nullable Object>> ports = new ArrayList<>();
        for (ValueId id : ids) {
            ValueType type = symbolic.type(id);
            Map<String, @Nullable Object> port = new LinkedHashMap<>();
            port.put("name", g.nameOf(id));
            port.put("dtype", type.dtype().map(DType::text).orElse(null));
            port.put("shape", ValueLines.shape(type.shape()));
            ports.add(port);
        }
        return ports;
    }

    String text() {
        Model m = model();
        StringBuilder b = new StringBuilder();
        b.append(file).append('\n');
        line(
                b,
                "format",
                m.format() + ", IR " + m.irVersion() + ", opset " + m.opset()
                        + (m.producerName().isEmpty()
                                ? ""
                                : ", by " + (m.producerName() + " " + m.producerVersion()).strip()));
        line(
                b,
                "nodes",
                Amounts.count(m.graph().allNodes())
                        + (m.graph().allNodes() == m.graph().nodes().size()
                                ? ""
                                : ", " + Amounts.count(m.graph().nodes().size()) + " in the main graph"));
        line(
                b,
                "parameters",
                Amounts.count(sized.costs().total().parameters()) + "  ("
                        + Amounts.bytes(sized.costs().total().parameterBytes()) + "; file "
                        + Amounts.fileSize(fileBytes()) + ")");
        line(
                b,
                "work",
                Amounts.flops(sized.costs().total().flops()) + ", "
                        + Amounts.macs(sized.costs().total().macs()));
        if (!unknownCosts().isEmpty()) {
            line(
                    b,
                    "unknown cost",
                    String.join(
                            ", ",
                            unknownCosts().entrySet().stream()
                                    .map(e -> e.getKey() + " ×" + e.getValue())
                                    .toList()));
        }
        line(
                b,
                "activations",
                Amounts.bytes(sized.liveness().peakBytes()) + " at the peak (estimate)"
                        + (unknownMemory().isEmpty() ? "" : ": not known of " + few(unknownMemory())));
        if (sized.liveness().foldedBytes() > 0) {
            line(b, "folded", Amounts.bytes(sized.liveness().foldedBytes()) + " computed from constants at load");
        }
        if (!assumed().isEmpty()) {
            line(
                    b,
                    "assumed",
                    String.join(
                                    ", ",
                                    assumed().entrySet().stream()
                                            .map(e -> e.getKey() + "=" + e.getValue())
                                            .toList()) + "  (set with --dim)");
        }
        symbolic.following().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(e -> line(b, "dimension", e.getKey() + " is " + e.getValue()));
        if (!sized.openDims().isEmpty()) {
            line(
                    b,
                    "open",
                    String.join(", ", sized.openDims()) + "  (settled by no input; --dim sets them for amounts here)");
        }
        unsettled().stream()
                .limit(MOST_SIZES)
                .forEach(d -> line(
                        b,
                        "unsettled",
                        d.place().graph().nameOf(d.tensor()) + "  " + d.type() + ", from '"
                                + d.place().shownName() + "' ("
                                + d.place().node().qualifiedOp() + ")"));
        if (unsettled().size() > MOST_SIZES) {
            line(b, "unsettled", "… " + (unsettled().size() - MOST_SIZES) + " more tensors: --json has them all");
        }
        m.graph().requiredInputs().forEach(id -> line(b, "input", m.graph().nameOf(id) + "  " + symbolic.type(id)));
        m.graph().outputs().forEach(id -> line(b, "output", m.graph().nameOf(id) + "  " + symbolic.type(id)));
        if (verified) {
            line(b, "verified", verdict());
        }
        findings.stream()
                .filter(d -> d.severity() != Severity.INFO)
                .forEach(d -> line(b, d.severity() == Severity.ERROR ? "error" : "warning", d.line()));
        return b.toString();
    }

    private String verdict() {
        long errors =
                findings.stream().filter(d -> d.severity() == Severity.ERROR).count();
        long warnings =
                findings.stream().filter(d -> d.severity() == Severity.WARNING).count();
        String remarks = warnings == 0 ? "" : ", " + Amounts.of(warnings, "warning");
        return errors > 0
                ? "breaks the rules of the standard: " + Amounts.of(errors, "error") + remarks
                : warnings > 0 ? "valid: no error" + remarks : "keeps the rules of the standard";
    }

    private static String few(List<String> names) {
        String shown = names.stream().limit(MOST_SIZES).map(n -> "'" + n + "'").collect(Collectors.joining(", "));
        return names.size() > MOST_SIZES ? shown + " and " + (names.size() - MOST_SIZES) + " more" : shown;
    }

    /// What makes the peak unknown: tensors, and nodes of which it is not known what they need inside.
    private List<String> unknownMemory() {
        Graph main = model().graph();
        List<String> names = new ArrayList<>();
        sized.liveness().lifetimes().forEach((id, life) -> {
            if (!(life.bytes() instanceof Dim.Fixed)) {
                names.add(main.nameOf(id));
            }
        });
        sized.liveness().unsized().forEach(n -> main.node(n).ifPresent(node -> names.add(node.shownName())));
        return names;
    }

    private static void line(StringBuilder b, String name, String value) {
        b.append(String.format("  %-13s%s%n", name, value));
    }
}
