package dev.lathe.bench;

import dev.lathe.core.JobContext;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.optimize.partition.PipelineCuts;
import dev.lathe.profile.DefaultDims;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/// How long the planner searches the best borders of large transformers for two and four devices, and for four stages
/// that share two cores: the first time, and the median once compiled.
public final class BordersBench {
    private static final int ROUNDS = 7;

    private BordersBench() {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("lathe-bench-borders");
        for (int nodes : new int[] {1_800, 5_000, 20_000}) {
            Model model = Formats.open(Synthetic.transformer(folder, nodes), JobContext.quiet());
            Analysis analysis = Analysis.of(model, DefaultDims.choose(model), JobContext.quiet());
            PipelineCuts cuts = PipelineCuts.of(analysis, Map.of());
            List<Device> four = cores(4);
            String name = nodes + " nodes, " + cuts.legal().size() + " positions: ";
            measure(name + "2 devices", cuts, four.subList(0, 2));
            measure(name + "4 devices", cuts, four);
            measure(name + "4 stages on 2 cores", cuts, List.of(four.get(0), four.get(1), four.get(0), four.get(1)));
        }
    }

    private static void measure(String name, PipelineCuts cuts, List<Device> devices) throws Exception {
        double[] millis = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            long from = System.nanoTime();
            cuts.best(devices, JobContext.quiet());
            millis[i] = (System.nanoTime() - from) / 1e6;
        }
        Bench.figure(name + ", first", millis[0], "ms");
        Bench.figure(name, Bench.median(millis), "ms");
    }

    private static List<Device> cores(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Device(
                        "cpu:" + i, "core " + i, DeviceKind.CPU_GROUP, List.of(i), OptionalLong.empty(), List.of()))
                .toList();
    }
}
