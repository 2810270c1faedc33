package dev.lathe.profile.insight;

import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.NodePlace;
import dev.lathe.graph.ValueId;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// QuantizeLinear and DequantizeLinear that ran as kernels of their own. A runtime that takes the pairs around a layer
/// into a kernel on 8-bit integers needs none of them; where it does not, the layer computes in floating point, and the
/// pairs only cost.
public final class UnfusedQuantization implements InsightRule {
    private static final String QUANTIZE = "QuantizeLinear";
    private static final String DEQUANTIZE = "DequantizeLinear";

    @Override
    public String id() {
        return "unfused-quantization";
    }

    @Override
    public String title() {
        return "quantize and dequantize pairs that did not fuse";
    }

    @Override
    public Verdict check(RunFacts facts) {
        Optional<String> missing = facts.withoutKernels();
        if (missing.isPresent()) {
            return new Verdict.NotChecked(missing.get());
        }
        List<KernelCost> kernels = facts.kernels(Set.of(QUANTIZE, DEQUANTIZE)).stream()
                // What enters as floats or leaves as such must be quantized once: that is no pair.
                .filter(k -> !isBorder(facts, k))
                .toList();
        if (kernels.isEmpty()) {
            return new Verdict.Clean("no QuantizeLinear or DequantizeLinear ran inside the model");
        }
        Duration time = Kernels.time(kernels);
        List<NodeId> places = Kernels.layers(facts, kernels);
        Set<Node> between = new LinkedHashSet<>();
        places.forEach(id -> facts.place(id).ifPresent(p -> between.addAll(neighbours(p))));
        String floats = between.isEmpty()
                ? ""
                : " The layers between them run in floating point: " + Words.operators(between) + ".";
        return Verdict.found(Finding.gaining(
                id(),
                Words.count(kernels.size(), "quantize or dequantize step") + " that did not fuse",
                "They ran as kernels of their own and took " + Words.time(time) + " of each run: " + facts.names(places)
                        + "." + floats,
                Remedy.byHand("Where the runtime has 8-bit kernels (Conv, MatMul, Gemm, Add, pools) a layer needs a"
                        + " DequantizeLinear before every input, weights too, and one QuantizeLinear right behind it;"
                        + " leave other layers in float32 altogether."),
                places,
                facts.gain(time, Gain.Kind.AT_MOST)));
    }

    private static boolean isBorder(RunFacts facts, KernelCost k) {
        return k.layers().stream()
                .anyMatch(id -> facts.place(id)
                        .filter(p -> p.node().op().equals(QUANTIZE)
                                        && p.graph().isInput(p.node().input(0))
                                || p.node().op().equals(DEQUANTIZE)
                                        && p.graph().isOutput(p.node().output(0)))
                        .isPresent());
    }

    /// The layers that take what a DequantizeLinear gives, and make what a QuantizeLinear takes.
    private static List<Node> neighbours(NodePlace place) {
        Graph g = place.graph();
        Node n = place.node();
        Stream<Node> near = n.op().equals(DEQUANTIZE)
                ? n.outputs().stream().filter(ValueId::isPresent).flatMap(v -> g.consumers(v).stream())
                : g.producer(n.input(0)).stream();
        return near.filter(o -> !o.op().equals(QUANTIZE) && !o.op().equals(DEQUANTIZE))
                .toList();
    }
}
