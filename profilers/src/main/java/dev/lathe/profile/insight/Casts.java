package dev.lathe.profile.insight;

import dev.lathe.graph.DType;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.NodePlace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Time that goes into changing the element type: Casts that the model asks for, and those that the runtime inserts
/// where it has no kernel for a type.
public final class Casts implements InsightRule {
    private static final String CAST = "Cast";

    @Override
    public String id() {
        return "casts";
    }

    @Override
    public String title() {
        return "changes of element type";
    }

    @Override
    public Verdict check(RunFacts facts) {
        Optional<String> missing = facts.withoutKernels();
        if (missing.isPresent()) {
            return new Verdict.NotChecked(missing.get());
        }
        List<KernelCost> inserted = new ArrayList<>();
        List<KernelCost> own = new ArrayList<>();
        for (KernelCost k : facts.kernels(Set.of(CAST))) {
            (Kernels.isOf(facts, k, CAST) ? own : inserted).add(k);
        }
        List<Finding> found = new ArrayList<>();
        if (!inserted.isEmpty()) {
            found.add(inserted(facts, inserted));
        }
        if (!own.isEmpty()) {
            found.add(own(facts, own));
        }
        return Verdict.of(found, "none of the " + facts.kernels().size() + " kernels is a Cast");
    }

    private Finding inserted(RunFacts facts, List<KernelCost> kernels) {
        Duration time = Kernels.time(kernels);
        List<NodeId> places = Kernels.layers(facts, kernels);
        boolean half = places.stream().anyMatch(id -> touches(facts, id, DType.FLOAT16));
        return Finding.gaining(
                id(),
                Words.count(kernels.size(), "Cast") + " that the runtime inserts",
                "The runtime has no kernel for " + (half ? "float16" : "the type") + " of these layers on "
                        + facts.run().plan().target().device().name() + ", so it computes them in another type and"
                        + " changes tensors before and after: " + Words.time(time) + " of each run, at "
                        + facts.names(places) + ".",
                Remedy.byHand(
                        half
                                ? "Measure the model in float32: this device computes in it anyway. Keep float16 for"
                                        + " devices that compute in that."
                                : "Export the model in a type that this device computes in."),
                places,
                facts.gain(time, Gain.Kind.AT_MOST));
    }

    private Finding own(RunFacts facts, List<KernelCost> kernels) {
        Duration time = Kernels.time(kernels);
        List<NodeId> places = Kernels.layers(facts, kernels);
        long idle = places.stream().filter(id -> changesNothing(facts, id)).count();
        long again = places.stream().filter(id -> castsACast(facts, id)).count();
        String which = idle > 0
                ? " " + idle + " of them " + (idle == 1 ? "changes" : "change") + " nothing: the type is the same."
                : again > 0
                        ? " " + again + " of them " + (again == 1 ? "takes" : "take") + " what another Cast made."
                        : "";
        return Finding.gaining(
                id(),
                Words.count(kernels.size(), "Cast") + (kernels.size() == 1 ? " changes" : " change") + " element types",
                "A Cast computes nothing: it reads a tensor and writes it in another type. "
                        + (kernels.size() == 1 ? "It takes " : "Together they take ") + Words.time(time)
                        + " of each run: " + facts.names(places) + "." + which,
                idle > 0
                        ? Remedy.pass("Simplify drops those that change nothing.", "simplify")
                        : Remedy.byHand(
                                "Keep one type from the first to the last of the layers between, or cast the input"
                                        + " once, before the model."),
                places,
                facts.gain(time, Gain.Kind.AT_MOST));
    }

    private static boolean changesNothing(RunFacts facts, NodeId id) {
        return facts.node(id)
                .filter(n -> n.op().equals(CAST))
                .filter(n -> {
                    Optional<DType> in = facts.analysis().type(n.input(0)).dtype();
                    return in.isPresent()
                            && in.equals(facts.analysis().type(n.output(0)).dtype());
                })
                .isPresent();
    }

    private static boolean castsACast(RunFacts facts, NodeId id) {
        return facts.place(id)
                .filter(p -> p.node().op().equals(CAST))
                .flatMap(p -> producer(p))
                .filter(before -> before.equals(CAST))
                .isPresent();
    }

    private static Optional<String> producer(NodePlace p) {
        return p.graph().producer(p.node().input(0)).map(n -> n.op());
    }

    private static boolean touches(RunFacts facts, NodeId id, DType type) {
        return facts.node(id)
                .filter(n -> java.util.stream.Stream.concat(n.inputs().stream(), n.outputs().stream())
                        .anyMatch(v -> v.isPresent()
                                && facts.analysis().type(v).dtype().equals(Optional.of(type))))
                .isPresent();
    }
}
