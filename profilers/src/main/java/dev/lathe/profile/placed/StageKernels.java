package dev.lathe.profile.placed;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Formats;
import dev.lathe.profile.DefaultDims;
import dev.lathe.profile.KernelMap;
import dev.lathe.profile.engine.KernelEvent;
import dev.lathe.profile.engine.TracedRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a stage's kernels are in the model that was split: the time of one that the engine fused is shared out over its
/// layers, one after the other.
///
/// A layer is told by its name, which the stage has too; one without a name by the number that it has in the whole
/// ([Node#shownName]), which makes the same tensor.
final class StageKernels {
    private final Map<NodeId, String> names = new HashMap<>();
    private final KernelMap map;

    private StageKernels(Model stage, Graph whole, KernelMap map) {
        Map<String, Node> makers = new HashMap<>();
        whole.forEachGraph(g -> g.nodes().forEach(n -> made(g, n).ifPresent(t -> makers.putIfAbsent(t, n))));
        stage.graph()
                .forEachGraph(g -> g.nodes()
                        .forEach(n -> names.put(
                                n.id(),
                                n.name().isEmpty()
                                        ? made(g, n)
                                                .map(makers::get)
                                                .map(Node::shownName)
                                                .orElse("")
                                        : n.name())));
        this.map = map;
    }

    /// The name of the first tensor that it makes.
    private static Optional<String> made(Graph graph, Node n) {
        return n.outputs().stream().filter(ValueId::isPresent).findFirst().map(graph::nameOf);
    }

    /// @param whole the graph that was split
    /// @param optimized where the engine saved the graph that it runs, if it did
    static StageKernels of(Path stage, Graph whole, Path optimized) throws LatheException {
        Model model = Formats.open(stage, JobContext.quiet());
        if (!Files.exists(optimized)) {
            return new StageKernels(model, whole, KernelMap.unchanged(model));
        }
        Analysis analysis = Analysis.of(model, DefaultDims.complete(model, DimBindings.NONE), JobContext.quiet());
        return new StageKernels(model, whole, KernelMap.of(analysis, Formats.open(optimized, JobContext.quiet())));
    }

    /// The kernels of a run of the stage that began at `from` of the whole run.
    List<KernelEvent> of(TracedRun run, Duration from) {
        List<KernelEvent> all = new ArrayList<>();
        for (KernelMap.Shared s : map.share(run.kernels())) {
            KernelEvent k = s.kernel();
            Duration start = from.plus(k.start());
            if (s.parts().size() <= 1) {
                String layer = s.parts().keySet().stream()
                        .map(this::name)
                        .filter(n -> !n.isEmpty())
                        .findFirst()
                        .orElse(k.node());
                all.add(event(k, layer, start, k.duration(), 1));
                continue;
            }
            for (Map.Entry<NodeId, Double> part : s.parts().entrySet()) {
                Duration share =
                        Duration.ofNanos(Math.round(part.getValue() * s.own().toNanos()));
                all.add(event(k, name(part.getKey()), start, share, part.getValue()));
                start = start.plus(share);
            }
        }
        return all;
    }

    private String name(NodeId id) {
        return names.getOrDefault(id, "");
    }

    /// Bytes of arenas are told of one process alone, so not here.
    ///
    /// @param part of what the kernel reads and writes that is this layer's, 0…1
    private static KernelEvent event(KernelEvent k, String layer, Duration start, Duration took, double part) {
        return new KernelEvent(
                        layer,
                        k.op(),
                        k.provider(),
                        start,
                        took,
                        k.thread(),
                        k.inputShapes(),
                        k.outputShapes(),
                        of(k.activationBytes(), part),
                        of(k.outputBytes(), part),
                        -1,
                        -1)
                .on(k.device())
                .by(k.threads());
    }

    private static long of(long bytes, double part) {
        return bytes < 0 ? bytes : Math.round(bytes * part);
    }
}
