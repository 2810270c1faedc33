package dev.lathe.graph.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.io.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MutationTest {
    private static final Duration BUDGET = Duration.ofSeconds(4);
    private static final long SEED = 20_261_121;

    @TempDir
    Path folder;

    @Test
    void aDamagedFileOpensOrIsRefusedInWordsAndNothingElse() throws LatheException, IOException {
        List<byte[]> originals = new ArrayList<>();
        for (String name : Samples.NAMES) {
            Path file = folder.resolve(name + ".onnx");
            Formats.export(Samples.model(name), file, JobContext.quiet());
            originals.add(Files.readAllBytes(file));
        }
        SplittableRandom random = new SplittableRandom(SEED);
        Path damaged = folder.resolve("damaged.onnx");
        long end = System.nanoTime() + BUDGET.toNanos();
        int refused = 0;
        int opened = 0;
        while (System.nanoTime() < end) {
            byte[] content = damage(originals.get(random.nextInt(originals.size())), random);
            Files.write(damaged, content);
            try {
                Formats.export(
                        new OnnxImporter().read(damaged, JobContext.quiet()),
                        folder.resolve("again.onnx"),
                        JobContext.quiet());
                opened++;
            } catch (LatheException e) {
                assertThat(e.diagnostic().message()).isNotBlank();
                refused++;
            } catch (RuntimeException | Error e) {
                throw new AssertionError(
                        "damaged file " + java.util.HexFormat.of().formatHex(content) + " (seed " + SEED + ")", e);
            }
        }
        assertThat(refused).isPositive();
        assertThat(opened).isPositive();
    }

    private static byte[] damage(byte[] original, SplittableRandom random) {
        byte[] b = original.clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(b.length);
            switch (random.nextInt(5)) {
                case 0 -> b[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> b[at] = (byte) random.nextInt(256);
                case 2 -> b[at] = (byte) 0xFF;
                case 3 -> {
                    int to = Math.min(b.length, at + 1 + random.nextInt(16));
                    byte[] cut = Arrays.copyOf(b, b.length - (to - at));
                    System.arraycopy(b, to, cut, at, b.length - to);
                    b = cut.length == 0 ? b : cut;
                }
                default -> {
                    int length = Math.min(b.length - at, 1 + random.nextInt(32));
                    byte[] longer = Arrays.copyOf(b, b.length + length);
                    System.arraycopy(b, at, longer, at + length, b.length - at);
                    b = longer;
                }
            }
        }
        return b;
    }
}
