package dev.lathe.profile.insight;

import dev.lathe.graph.NodeId;
import dev.lathe.profile.engine.SessionConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Time that goes into moving elements to other places of a tensor: the runtime's own changes of layout around blocked
/// convolutions (ReorderInput, ReorderOutput), the Transposes that it inserts, and those that the model asks for.
public final class LayoutConversions implements InsightRule {
    private static final Set<String> REORDERS = Set.of("ReorderInput", "ReorderOutput");
    private static final String TRANSPOSE = "Transpose";

    @Override
    public String id() {
        return "layout-conversions";
    }

    @Override
    public String title() {
        return "conversions of layout";
    }

    @Override
    public Verdict check(RunFacts facts) {
        Optional<String> missing = facts.withoutKernels();
        if (missing.isPresent()) {
            return new Verdict.NotChecked(missing.get());
        }
        List<KernelCost> inserted = new ArrayList<>(facts.kernels(REORDERS));
        List<KernelCost> own = new ArrayList<>();
        for (KernelCost k : facts.kernels(Set.of(TRANSPOSE))) {
            (Kernels.isOf(facts, k, TRANSPOSE) ? own : inserted).add(k);
        }
        List<Finding> found = new ArrayList<>();
        if (!inserted.isEmpty()) {
            found.add(inserted(facts, inserted));
        }
        if (!own.isEmpty()) {
            found.add(own(facts, own));
        }
        return Verdict.of(found, "none of the " + facts.kernels().size() + " kernels moves a tensor to another layout");
    }

    private Finding inserted(RunFacts facts, List<KernelCost> kernels) {
        Duration time = Kernels.time(kernels);
        List<NodeId> places = Kernels.layers(facts, kernels);
        boolean blocked =
                kernels.stream().anyMatch(k -> REORDERS.contains(k.kernel().op()));
        return Finding.gaining(
                id(),
                Words.count(kernels.size(), "conversion") + " of layout that the runtime inserts",
                (blocked
                                ? "The runtime keeps tensors of its convolutions in blocked channels"
                                : "The runtime computes convolutions with channels last")
                        + " and changes back for every operator that knows only the plain layout: "
                        + Words.time(time) + " of each run, at " + facts.names(places) + ".",
                Remedy.level(
                        "Measure with the level below, which keeps the plain layout"
                                + (blocked
                                        ? "; or let the operators between two convolutions be such as know the blocked one"
                                                + " (Relu, Add, pools, Concat over channels)."
                                        : "; or put such operators at the end of the model."),
                        SessionConfig.Level.EXTENDED,
                        facts.again("--level extended")),
                places,
                facts.gain(time, Gain.Kind.AT_MOST));
    }

    private Finding own(RunFacts facts, List<KernelCost> kernels) {
        Duration time = Kernels.time(kernels);
        List<NodeId> places = Kernels.layers(facts, kernels);
        boolean chained = places.stream().anyMatch(id -> isChained(facts, id));
        return Finding.gaining(
                id(),
                Words.count(kernels.size(), "Transpose") + (kernels.size() == 1 ? " moves" : " move")
                        + " tensors about",
                "A Transpose computes nothing: it reads a tensor and writes it in another order. "
                        + (kernels.size() == 1 ? "It takes " : "Together they take ") + Words.time(time)
                        + " of each run: " + facts.names(places) + ".",
                chained
                        ? Remedy.pass("Some stand in a row: Simplify makes one of two, or none.", "simplify")
                        : Remedy.byHand(
                                feedProducts(facts, places)
                                        ? "Those before and behind a MatMul belong to attention: one fused operator (Attention,"
                                                + " MultiHeadAttention) needs none of them."
                                        : "Store weights in the order in which they are used, and export the model in the"
                                                + " layout that its operators take (channels first)."),
                places,
                facts.gain(time, Gain.Kind.AT_MOST));
    }

    /// Whether most of them are read by a MatMul that multiplies two computed tensors, as attention does.
    private static boolean feedProducts(RunFacts facts, List<NodeId> transposes) {
        long feeding = transposes.stream()
                .flatMap(id -> facts.place(id).stream())
                .filter(p -> p.graph().consumers(p.node().output(0)).stream()
                        .anyMatch(n -> n.op().equals("MatMul")
                                && n.inputs().stream()
                                        .noneMatch(v -> p.graph().initializer(v).isPresent())))
                .count();
        return 2 * feeding > transposes.size();
    }

    private static boolean isChained(RunFacts facts, NodeId id) {
        return facts.place(id)
                .filter(p -> p.graph()
                        .producer(p.node().input(0))
                        .filter(before -> before.op().equals(TRANSPOSE)
                                && p.graph().consumers(p.node().input(0)).size() == 1)
                        .isPresent())
                .isPresent();
    }
}
