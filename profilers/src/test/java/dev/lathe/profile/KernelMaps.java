package dev.lathe.profile;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.text.GraphText;
import dev.lathe.profile.engine.KernelEvent;
import dev.lathe.profile.engine.TracedRun;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Models, kernels and maps for tests of [KernelMap].
final class KernelMaps {
    private static final String HEAD = "model \"ONNX\" ir=8\nopset \"\" 17\n";

    static Model model(String graph) throws LatheException {
        return GraphText.parse(HEAD + graph);
    }

    static KernelEvent kernel(String node, String op, long start, long micros) {
        return new KernelEvent(
                node,
                op,
                "CPUExecutionProvider",
                Duration.ofNanos(1000 * start),
                Duration.ofNanos(1000 * micros),
                1,
                "",
                "",
                -1,
                -1,
                -1,
                -1);
    }

    static TracedRun untimed(List<KernelEvent> kernels) {
        return new TracedRun(kernels, Duration.ZERO);
    }

    static KernelMap map(Model source, Model optimized) {
        return KernelMap.of(Analysis.of(source, DimBindings.NONE, JobContext.quiet()), optimized);
    }

    /// Shown names of the layers with their part.
    static Map<String, Double> layers(Model source, KernelMap.Shared shared) {
        Map<String, Double> named = new TreeMap<>();
        shared.parts()
                .forEach((id, part) ->
                        named.put(source.graph().node(id).orElseThrow().name(), part));
        return named;
    }

    private KernelMaps() {}
}
