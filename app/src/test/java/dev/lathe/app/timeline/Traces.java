package dev.lathe.app.timeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

/// Trace files of many events for tests and the benchmark.
final class Traces {
    private static final String[] OPS = {
        "MatMul", "Add", "Softmax", "LayerNormalization", "Transpose", "Reshape", "Mul", "Conv", "Relu"
    };

    private Traces() {}

    /// `events` kernels on `threads` threads, each thread's one after the other with gaps, every tenth inside another.
    static Path write(Path file, int events, int threads) throws IOException {
        Random random = new Random(7);
        double[] now = new double[threads];
        try (var out = Files.newBufferedWriter(file)) {
            out.write("{\"displayTimeUnit\":\"ms\",\"traceEvents\":[");
            for (int i = 0; i < events; i++) {
                int thread = i % threads;
                boolean inner = i / threads % 10 == 9;
                double length = inner ? 0.5 : 1 + random.nextInt(4000) / 100.0;
                double at = inner ? now[thread] - 1 : now[thread] + random.nextInt(200) / 100.0;
                String op = OPS[random.nextInt(OPS.length)];
                out.write(String.format(
                        Locale.ROOT,
                        "%s{\"name\":\"/encoder/layer.%d/%s_%d\",\"cat\":\"Node\",\"ph\":\"X\",\"ts\":%.3f,\"dur\":%.3f,"
                                + "\"pid\":1,\"tid\":%d,\"args\":{\"op_name\":\"%s\",\"provider\":\"CPUExecutionProvider\","
                                + "\"outputBytes\":%d}}",
                        i == 0 ? "" : ",",
                        i % 12,
                        op,
                        i,
                        at,
                        length,
                        thread,
                        op,
                        4 * random.nextInt(1 << 20)));
                if (!inner) {
                    now[thread] = at + length;
                }
            }
            out.write("]}");
        }
        return file;
    }
}
