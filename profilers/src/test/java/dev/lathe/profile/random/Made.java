package dev.lathe.profile.random;

import dev.lathe.graph.DType;
import dev.lathe.profile.worker.WorkerLaunch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A random graph as [RandomGraphsMain] left it.
///
/// @param refusals why ONNX Runtime does not load the model with sizes, and the one with names; empty where it does
record Made(long seed, List<String> refusals, List<Tensor> tensors) {

    /// What a run gave.
    record Tensor(String name, String producer, DType dtype, List<Long> dims) {
        String line() {
            String shape = String.join(",", dims.stream().map(String::valueOf).toList());
            return name + "\t" + producer + "\t" + dtype + "\t" + shape;
        }

        static Tensor of(String line) {
            String[] parts = line.split("\t", -1);
            return new Tensor(
                    parts[0],
                    parts[1],
                    DType.valueOf(parts[2]),
                    parts[3].isEmpty()
                            ? List.of()
                            : Arrays.stream(parts[3].split(","))
                                    .map(Long::valueOf)
                                    .toList());
        }
    }

    static Path model(Path folder, long seed, boolean named) {
        return folder.resolve(seed + (named ? "-named" : "-fixed") + ".onnx");
    }

    static Path truth(Path folder, long seed) {
        return folder.resolve(seed + ".txt");
    }

    /// Empty for a seed at which the process died.
    static Optional<Made> read(Path folder, long seed) throws IOException {
        Path truth = truth(folder, seed);
        if (!Files.exists(truth)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(truth);
        return Optional.of(new Made(
                seed,
                lines.subList(0, 2),
                lines.stream().skip(2).map(Tensor::of).toList()));
    }

    /// Has them made; where the process dies, another one goes on behind the seed that it died at.
    static void make(Path folder, long first, long count) throws IOException, InterruptedException {
        WorkerLaunch launch = WorkerLaunch.ofThisProcess();
        for (long seed = first; seed < first + count; seed++) {
            ProcessBuilder builder = new ProcessBuilder(Stream.of(
                            launch.java().toString(),
                            "-XX:+UseSerialGC",
                            "-XX:ErrorFile=" + folder.resolve("crash.log"),
                            "-XX:TieredStopAtLevel=1",
                            "--enable-native-access=ALL-UNNAMED",
                            RandomGraphsMain.class.getName(),
                            folder.toString(),
                            Long.toString(seed),
                            Long.toString(first + count - seed))
                    .toList());
            builder.environment().put("CLASSPATH", launch.classPath());
            builder.environment().put("ORT_DISABLE_TELEMETRY", "1");
            builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD);
            Process process = builder.start();
            if (!process.waitFor(5 * 60, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            while (seed < first + count && Files.exists(truth(folder, seed))) {
                seed++;
            }
        }
    }
}
