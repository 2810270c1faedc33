package dev.lathe.graph.edit;

import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.op.OpCatalog;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Whether a model means the same when it is declared to be of another version of an operator set, without being
/// converted. What changed when is in [OpsetChanges]; what is not there counts as changed.
public final class OpsetMeaning {
    /// Before 7, arithmetic broadcast by attributes: nearly nothing means the same.
    private static final long OLDEST = 7;

    private OpsetMeaning() {}

    /// The same for ai.onnx.
    public static Optional<String> obstacle(Model model, long wanted) {
        return obstacle(model, "", wanted);
    }

    /// Why the model cannot be declared to be of version `wanted` of an operator set; empty when it can. An older one
    /// may allow less: then any change of an operator that the model uses is a reason.
    public static Optional<String> obstacle(Model model, String domain, long wanted) {
        boolean standard = isStandard(domain);
        long newest = OpCatalog.standard().newest(standard ? "" : domain);
        if (newest > 0 && wanted > newest) {
            return Optional.of("the newest that is known here is " + newest);
        }
        OptionalLong declared = declared(model, domain);
        if (declared.isEmpty() || declared.getAsLong() == wanted || newest == 0) {
            return Optional.empty();
        }
        long now = declared.getAsLong();
        if (standard && Math.min(now, wanted) < OLDEST) {
            return Optional.of("before opset " + OLDEST + " arithmetic broadcast in another way");
        }
        if (!model.functions().isEmpty()) {
            return Optional.of("it has functions of its own");
        }
        Set<Node> changed = new HashSet<>();
        model.graph()
                .forEachGraph(g -> g.nodes().stream()
                        .filter(n ->
                                standard ? isStandard(n.domain()) : n.domain().equals(domain))
                        .filter(n -> wanted > now
                                ? breaks(n, now, wanted)
                                : !since(n, wanted, now).isEmpty())
                        .findFirst()
                        .ifPresent(changed::add));
        return changed.stream()
                .findFirst()
                .map(n -> "node '" + n.shownName() + "' (" + n.op() + ") changed its meaning between the two");
    }

    static boolean isStandard(String domain) {
        return domain.isEmpty() || domain.equals("ai.onnx");
    }

    /// The version of an operator set that a model imports, under either name of ai.onnx. Where it imports both, the
    /// version of the empty name is what everything goes by.
    static OptionalLong declared(Model model, String domain) {
        return names(domain).stream()
                .filter(model.opsets()::containsKey)
                .mapToLong(model.opsets()::get)
                .findFirst();
    }

    /// Declares a version under every name by which the model imports the operator set; the same instance when it is
    /// the version declared already.
    public static Model declare(Model model, String domain, long version) {
        List<String> there =
                names(domain).stream().filter(model.opsets()::containsKey).toList();
        Model at = model;
        for (String name : there.isEmpty() ? names(domain).subList(0, 1) : there) {
            boolean same = Long.valueOf(version).equals(at.opsets().get(name));
            at = same ? at : at.withOpset(name, version);
        }
        return at;
    }

    private static List<String> names(String domain) {
        return isStandard(domain) ? List.of("", "ai.onnx") : List.of(domain);
    }

    /// Versions after `from`, up to `to`, that have a new text for the node's operator.
    private static List<Integer> since(Node n, long from, long to) {
        return OpCatalog.standard().find(n).stream()
                .flatMap(s -> s.schema().since().stream())
                .filter(v -> from < v && v <= to)
                .toList();
    }

    private static boolean breaks(Node n, long from, long to) {
        Set<Integer> harmless = OpsetChanges.standard().same(n.domain(), n.op());
        return since(n, from, to).stream().anyMatch(v -> !harmless.contains(v) && concerns(n, v));
    }

    /// Whether a version that changed the operator changed what this node makes use of.
    private static boolean concerns(Node n, int version) {
        return switch (n.op() + " " + version) {
            // Only the type of the mask.
            case "Dropout 10" -> n.outputs().size() > 1;
            // `spatial` is gone, whose only supported value was the default.
            case "BatchNormalization 9" ->
                n.attrs().has("spatial") || n.outputs().size() > 1;
            // Axes became an input.
            case "ReduceL1 18",
                    "ReduceL2 18",
                    "ReduceLogSum 18",
                    "ReduceLogSumExp 18",
                    "ReduceMax 18",
                    "ReduceMean 18",
                    "ReduceMin 18",
                    "ReduceProd 18",
                    "ReduceSumSquare 18" -> n.attrs().has("axes");
            // The mode is gone.
            case "Resize 13" ->
                n.attrs().stringOr("coordinate_transformation_mode", "").equals("tf_half_pixel_for_nn");
            // On which side an odd padding is.
            case "ConvTranspose 11" -> n.attrs().stringOr("auto_pad", "").startsWith("SAME");
            // Windows that would begin in the padding at the end.
            case "AveragePool 22", "MaxPool 22" -> n.attrs().intOr("ceil_mode", 0) != 0;
            // What infinity becomes in 8-bit floats (data types 17 to 20).
            case "Cast 24" -> n.attrs().intOr("to", 17) >= 17 && n.attrs().intOr("to", 17) <= 20;
            default -> true;
        };
    }
}
