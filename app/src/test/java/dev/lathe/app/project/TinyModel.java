package dev.lathe.app.project;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.profile.LatencyStats;
import dev.lathe.profile.LayerRuns;
import dev.lathe.profile.LiveSample;
import dev.lathe.profile.MemoryStats;
import dev.lathe.profile.OpStats;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.ProfileRun;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// A small real model of the shipped samples, a device, and made-up measurements, for tests of the window.
public final class TinyModel {
    public static final Device CPU =
            new Device("cpu", "CPU · test", DeviceKind.CPU, List.of(), OptionalLong.empty(), List.of());

    private TinyModel() {}

    /// `mnist-cnn.onnx` as a file in `folder`.
    public static Path file(Path folder) {
        try (InputStream in = Objects.requireNonNull(
                TinyModel.class.getResourceAsStream("/dev/lathe/assets/samples/mnist-cnn.onnx"))) {
            Path target = folder.resolve("mnist-cnn.onnx");
            Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Model model(Path folder) throws LatheException {
        return Formats.open(file(folder), JobContext.quiet());
    }

    public static LatencyStats latency(int runs) {
        Duration ms = Duration.ofMillis(2);
        return new LatencyStats(runs, ms, ms, ms, ms, ms, ms);
    }

    public static LiveSample sample(Model model, long runs) {
        return new LiveSample(
                Duration.ofMillis(250 * runs),
                runs,
                0,
                latency(1),
                latency(Math.toIntExact(runs)),
                500,
                new MemoryStats(1 << 20, 1 << 20, OptionalLong.empty(), OptionalLong.empty()),
                List.of(0.5),
                1,
                2,
                layers(model),
                Duration.ZERO,
                List.of());
    }

    public static ProfileRun run(Model model, ProfilePlan plan, int runs) {
        Duration sum = Duration.ofMillis(model.graph().nodes().size());
        return new ProfileRun(
                Instant.EPOCH,
                plan,
                latency(runs),
                500,
                layers(model),
                sum,
                Duration.ZERO,
                OptionalDouble.of(2),
                OptionalDouble.of(0.97),
                new MemoryStats(1 << 20, 1 << 20, OptionalLong.empty(), OptionalLong.empty()),
                List.of(),
                List.of(),
                LayerRuns.NONE,
                List.of());
    }

    private static Map<NodeId, OpStats> layers(Model model) {
        Map<NodeId, OpStats> layers = new HashMap<>();
        Duration ms = Duration.ofMillis(1);
        double share = 1.0 / model.graph().nodes().size();
        model.graph()
                .nodes()
                .forEach(n ->
                        layers.put(n.id(), new OpStats(ms, ms, ms, share, "CPU", List.of(n.shownName()), false, 3)));
        return layers;
    }
}
