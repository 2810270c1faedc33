package dev.lathe.bench;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.data.Weights;
import dev.lathe.graph.io.Formats;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Measures opening (parse, sort, infer, cost, liveness) of files from a thousand to a hundred thousand
/// nodes and of one with 4 GB of external data, and exporting a 2 GB model with one changed tensor beside copying its
/// files. Arguments: further model files, which are opened as well; `export` alone measures only that.
///
/// "Cold" is the first opening in the process (so is not that of the later files), "warm" the median of the last 5 of
/// 15. The heap is what is in use after a collection while the model and what is known of it are held.
public final class ReadBench {
    private static final int ROUNDS = 15;
    private static final int COUNTED = 5;
    private static final long GB = 1L << 30;

    private ReadBench() {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("lathe-bench-read");
        try {
            if (List.of(args).equals(List.of("export"))) {
                export(folder);
                return;
            }
            open(Bench.model(new String[0]));
            for (String a : args) {
                open(Bench.model(new String[] {a}));
            }
            for (int nodes : new int[] {1_000, 10_000, 50_000, 100_000}) {
                open(Synthetic.transformer(folder, nodes));
            }
            Path external = Synthetic.withExternalData(folder, 4 * GB);
            open(external);
            Bench.figure("  pages of its weights in memory", resident("weights.bin") / 1024.0, "KiB");
            Files.delete(external);
            Files.delete(folder.resolve("weights.bin"));
            export(folder);
        } finally {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path f : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(f);
                }
            }
        }
    }

    private static void open(Path file) throws LatheException {
        List<Double> ms = new ArrayList<>();
        long before = Bench.heap();
        Analysis held = null;
        for (int i = 0; i < ROUNDS; i++) {
            long t = System.nanoTime();
            held = Analysis.of(Formats.open(file, JobContext.quiet()), DimBindings.NONE, JobContext.quiet());
            ms.add((System.nanoTime() - t) / 1e6);
        }
        long heap = Bench.heap() - before;
        int nodes = held.model().graph().nodes().size();
        Bench.figure(file.getFileName() + ", " + nodes + " nodes: cold", ms.getFirst(), "ms");
        Bench.figure("  warm", median(ms.subList(ROUNDS - COUNTED, ROUNDS)), "ms");
        Bench.figure("  heap", heap / 1048576.0, "MiB");
    }

    /// Copying and exporting in turn, each to where no file is, with nothing left to write to the disk from
    /// before, and with the memory free that the other's files took: of two copies made one after the other, the
    /// second is up to three times slower. Then the export over a file, where it waits for the disk before it
    /// gives the old one up.
    private static void export(Path folder) throws LatheException, IOException {
        Path dense = Files.createDirectories(folder.resolve("dense"));
        Path copy = Files.createDirectories(folder.resolve("copy"));
        Path changed = Files.createDirectories(folder.resolve("changed"));
        Path source = Synthetic.withExternalData(dense, 2 * GB);
        Files.delete(dense.resolve("weights.bin"));
        try (var out = Files.newOutputStream(dense.resolve("weights.bin"))) {
            byte[] block = new byte[1 << 20];
            for (int i = 0; i < 2048; i++) {
                java.util.Arrays.fill(block, (byte) i);
                out.write(block);
            }
        }
        Model model = Formats.open(source, JobContext.quiet());
        var editor = model.graph().edit();
        var last = List.copyOf(model.graph().initializers().entrySet()).getLast();
        Tensor old = last.getValue();
        editor.setInitializer(
                last.getKey(),
                Tensor.of(
                        old.dtype(),
                        old.dims(),
                        new Weights.Splat(List.of((byte) 0, (byte) 0, (byte) 0x80, (byte) 0x3F), old.elements())));
        Model edited = model.withGraph(editor.commit());
        List<Double> copies = new ArrayList<>();
        List<Double> exports = new ArrayList<>();
        List<Double> replacements = new ArrayList<>();
        long heap = 0;
        List<Path> copied = List.of(copy.resolve("external.onnx"), copy.resolve("weights.bin"));
        List<Path> exported = List.of(changed.resolve("model.onnx"), changed.resolve("model.onnx.data"));
        onTheDisk(List.of(source, dense.resolve("weights.bin")));
        for (int i = 0; i < 5; i++) {
            gone(copied, exported);
            long t = System.nanoTime();
            for (Path to : copied) {
                Files.copy(dense.resolve(to.getFileName()), to);
            }
            copies.add((System.nanoTime() - t) / 1e6);
            onTheDisk(copied);
            gone(copied, exported);
            t = System.nanoTime();
            Formats.export(edited, exported.getFirst(), JobContext.quiet());
            exports.add((System.nanoTime() - t) / 1e6);
            onTheDisk(exported);
            t = System.nanoTime();
            Formats.export(edited, exported.getFirst(), JobContext.quiet());
            replacements.add((System.nanoTime() - t) / 1e6);
            heap = Math.max(heap, Bench.heap());
        }
        Bench.figure("2 GB with one changed tensor: copying its files", median(copies), "ms");
        Bench.figure("  export", median(exports), "ms");
        Bench.figure("  export's speed beside copying", median(copies) / median(exports), "times");
        Bench.figure("  export over the same file, until it is on the disk", median(replacements), "ms");
        Bench.figure("  heap in use afterwards", heap / 1048576.0, "MiB");
    }

    private static void gone(List<Path> copied, List<Path> exported) throws IOException {
        for (Path f : copied) {
            Files.deleteIfExists(f);
        }
        for (Path f : exported) {
            Files.deleteIfExists(f);
        }
    }

    private static void onTheDisk(List<Path> files) throws IOException {
        for (Path f : files) {
            try (FileChannel c = FileChannel.open(f, StandardOpenOption.WRITE)) {
                c.force(true);
            }
        }
    }

    /// Bytes of the mapped file that are in memory on behalf of this process.
    private static long resident(String name) throws IOException {
        long sum = 0;
        boolean ours = false;
        Path smaps = Path.of("/proc/self/smaps");
        if (!Files.isReadable(smaps)) {
            return -1;
        }
        for (String line : Files.readAllLines(smaps)) {
            if (line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
                ours = line.endsWith(name);
            } else if (ours && line.startsWith("Rss:")) {
                sum += Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        return sum;
    }

    private static double median(List<Double> values) {
        return Bench.median(values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
