package dev.lathe.optimize.rewrite;

import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// Declares a model newer than it is, where every operator that it uses means the same in both versions.
public final class OpsetRaise {
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
            Map.entry("ReduceSum", List.of(13)));

    private OpsetRaise() {}

    /// Why the model cannot be declared to be of opset `wanted`; empty when it can, or is that new already.
    public static Optional<String> obstacle(Model model, long wanted) {
        if (model.opset() >= wanted) {
            return Optional.empty();
        }
        if (model.opset() < OLDEST) {
            return Optional.of("before opset " + OLDEST + " arithmetic broadcast in another way");
        }
        if (!model.functions().isEmpty()) {
            return Optional.of("it has functions of its own");
        }
        AtomicReference<Optional<String>> found = new AtomicReference<>(Optional.empty());
        model.graph().forEachGraph(g -> {
            for (Node n : g.nodes()) {
                if (found.get().isEmpty() && breaks(n, model.opset(), wanted)) {
                    found.set(Optional.of(
                            "node '" + n.shownName() + "' (" + n.op() + ") changed its meaning between the two"));
                }
            }
        });
        return found.get();
    }

    private static boolean breaks(Node n, long from, long to) {
        if (!Constants.isDefaultDomain(n.domain())
                || BREAKS.getOrDefault(n.op(), List.of()).stream().noneMatch(v -> from < v && v <= to)) {
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

    /// The model with opset `wanted`; the same instance when it is that new. Ask [#obstacle] first.
    public static Model to(Model model, long wanted) {
        return model.opset() >= wanted
                ? model
                : model.withOpset(model.opsets().containsKey("") ? "" : "ai.onnx", wanted);
    }
}
