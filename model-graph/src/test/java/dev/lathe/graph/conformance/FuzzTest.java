package dev.lathe.graph.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.io.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Damaged files through everything that reads them: opened, analysed, verified, printed and exported, or refused in
/// words; never a crash, nor much time or memory. All 200,000 with `-Pconformance`, a sixteenth of them otherwise.
class FuzzTest {
    private static final int ALL = 200_000;
    private static final long SEED = 20_261_121;
    private static final int LARGEST_ORIGINAL = 64 * 1024;

    @TempDir
    Path folder;

    @Test
    void damagedFilesAreReadOrRefusedAtLittleCost() throws Exception {
        Damaging damaging = new Damaging(
                originals(), new SplittableRandom(SEED), ALL / Integer.getInteger("lathe.conformance", 16));
        int count = damaging.left;
        List<Trial> trials = new ArrayList<>();
        // What a file costs is counted by thread, so that several may be read at once.
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<Boolean>> ends = new ArrayList<>();
            for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
                Path own = Files.createDirectory(folder.resolve("thread" + i));
                Trial trial = new Trial(own.resolve("again.onnx"));
                trials.add(trial);
                ends.add(threads.submit(() -> all(damaging, trial, own.resolve("damaged.onnx"))));
            }
            for (Future<Boolean> end : ends) {
                assertThat(end.get()).isTrue();
            }
        }
        assertThat(trials).flatExtracting(Trial::wrong).isEmpty();
        assertThat(trials.stream().mapToInt(Trial::read).sum()).isGreaterThan(count / 20);
    }

    private static boolean all(Damaging damaging, Trial trial, Path damaged) throws IOException {
        while (!trial.isEnough()) {
            Optional<byte[]> content = damaging.next();
            if (content.isEmpty()) {
                return true;
            }
            Files.write(damaged, content.get());
            trial.of(
                    () -> Formats.open(damaged, JobContext.quiet()),
                    content.get().length,
                    HexFormat.of().formatHex(content.get()));
        }
        return true;
    }

    /// The damaged files, the same ones however many threads ask for them.
    private static final class Damaging {
        private final List<byte[]> originals;
        private final SplittableRandom random;
        private int left;

        Damaging(List<byte[]> originals, SplittableRandom random, int count) {
            this.originals = originals;
            this.random = random;
            this.left = count;
        }

        synchronized Optional<byte[]> next() {
            return left-- > 0 ? Optional.of(damage(originals, random)) : Optional.empty();
        }
    }

    private List<byte[]> originals() throws IOException, LatheException {
        List<byte[]> all = new ArrayList<>();
        for (String name : Samples.NAMES) {
            Path file = folder.resolve(name + ".onnx");
            Formats.export(Samples.model(name), file, JobContext.quiet());
            all.add(Files.readAllBytes(file));
        }
        for (Path file : StandardTestData.installed()) {
            if (Files.size(file) <= LARGEST_ORIGINAL) {
                all.add(Files.readAllBytes(file));
            }
        }
        return all;
    }

    /// One to four changes: bits, bytes, a piece taken out, doubled, or put in from another file.
    private static byte[] damage(List<byte[]> originals, SplittableRandom random) {
        byte[] b = originals.get(random.nextInt(originals.size())).clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(b.length);
            switch (random.nextInt(7)) {
                case 0 -> b[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> b[at] = (byte) random.nextInt(256);
                case 2 -> b[at] = (byte) 0xFF;
                case 3 -> {
                    byte[] without = spliced(b, at, random.nextInt(17), new byte[0]);
                    b = without.length == 0 ? b : without;
                }
                case 4 -> b = spliced(b, at, 0, piece(b, random));
                case 5 -> b = spliced(b, at, 0, piece(originals.get(random.nextInt(originals.size())), random));
                default -> {
                    byte[] huge = new byte[10];
                    Arrays.fill(huge, (byte) 0xFF);
                    huge[9] = 1;
                    b = spliced(b, at, 1, Arrays.copyOf(huge, 1 + random.nextInt(10)));
                }
            }
        }
        return b;
    }

    private static byte[] piece(byte[] of, SplittableRandom random) {
        int from = random.nextInt(of.length);
        return Arrays.copyOfRange(of, from, Math.min(of.length, from + 1 + random.nextInt(64)));
    }

    private static byte[] spliced(byte[] b, int at, int without, byte[] with) {
        int end = Math.min(b.length, at + without);
        byte[] result = new byte[b.length - (end - at) + with.length];
        System.arraycopy(b, 0, result, 0, at);
        System.arraycopy(with, 0, result, at, with.length);
        System.arraycopy(b, end, result, at + with.length, b.length - end);
        return result;
    }
}
