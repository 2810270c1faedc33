package dev.lathe.graph.edit;

import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.op.OpCatalog;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Whether a model means the same when it is declared to be of another version of ai.onnx, without being
/// converted.
public final class OpsetMeaning {
    /// Before 7, arithmetic broadcast by attributes: nearly nothing means the same.
    private static final long OLDEST = 7;

    /// Operators whose signature or meaning changed, with the first opset that has the new one (ONNX operator
    /// change log). Those that only allow more than before are not here.
    private static final Map<String, List<Integer>> BREAKS = Map.ofEntries(
            Map.entry("Scan", List.of(9)),
            Map.entry("Upsample", List.of(9, 10)),
            Map.entry("Slice", List.of(10)),
            Map.entry("TopK", List.of(10)),
            Map.entry("Resize", List.of(11)),
            Map.entry("Clip", List.of(11)),
            Map.entry("Pad", List.of(11)),
            Map.entry("Scatter", List.of(11)),
            Map.entry("Dropout", List.of(10, 12)),
            Map.entry("BatchNormalization", List.of(9, 14)),
            Map.entry("Softmax", List.of(13)),
            Map.entry("LogSoftmax", List.of(13)),
            Map.entry("Hardmax", List.of(13)),
            Map.entry("Squeeze", List.of(13)),
            Map.entry("Unsqueeze", List.of(13)),
            Map.entry("Split", List.of(13, 18)),
            Map.entry("ReduceSum", List.of(13)),
            Map.entry("DFT", List.of(20)),
            Map.entry("GridSample", List.of(20)),
            Map.entry("GroupNormalization", List.of(21)));

    /// Their axes became an input.
    private static final Set<String> AXES_UNTIL_18 = Set.of(
            "ReduceL1",
            "ReduceL2",
            "ReduceLogSum",
            "ReduceLogSumExp",
            "ReduceMax",
            "ReduceMean",
            "ReduceMin",
            "ReduceProd",
            "ReduceSumSquare");

    private OpsetMeaning() {}

    /// Why the model cannot be declared to be of opset `wanted`; empty when it can. An older one may allow
    /// less: then any change of an operator that the model uses is a reason.
    public static Optional<String> obstacle(Model model, long wanted) {
        long now = model.opset();
        if (wanted == now) {
            return Optional.empty();
        }
        long newest = OpCatalog.standard().newest("");
        if (wanted > newest) {
            return Optional.of("the newest that is known here is " + newest);
        }
        if (Math.min(now, wanted) < OLDEST) {
            return Optional.of("before opset " + OLDEST + " arithmetic broadcast in another way");
        }
        if (!model.functions().isEmpty()) {
            return Optional.of("it has functions of its own");
        }
        Set<Node> changed = new HashSet<>();
        model.graph()
                .forEachGraph(g -> g.nodes().stream()
                        .filter(n -> n.domain().isEmpty() || n.domain().equals("ai.onnx"))
                        .filter(n -> wanted > now ? breaks(n, now, wanted) : changes(n, wanted, now))
                        .findFirst()
                        .ifPresent(changed::add));
        return changed.stream()
                .findFirst()
                .map(n -> "node '" + n.shownName() + "' (" + n.op() + ") changed its meaning between the two");
    }

    private static boolean breaks(Node n, long from, long to) {
        if (AXES_UNTIL_18.contains(n.op())) {
            return from < 18 && 18 <= to && n.attrs().has("axes");
        }
        if (BREAKS.getOrDefault(n.op(), List.of()).stream().noneMatch(v -> from < v && v <= to)) {
            return false;
        }
        return switch (n.op()) {
            // Only the type of the mask, or where the ratio stands.
            case "Dropout" -> n.outputs().size() > 1 || to >= 12;
            // Opset 9 dropped `spatial`, whose only supported value was the default.
            case "BatchNormalization" -> n.attrs().has("spatial") || n.outputs().size() > 1 || to >= 14;
            default -> true;
        };
    }

    private static boolean changes(Node n, long from, long to) {
        return OpCatalog.standard().find(n).stream()
                .flatMap(s -> s.schema().since().stream())
                .anyMatch(v -> from < v && v <= to);
    }
}
