package dev.lathe.profile.random;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/// Makes random graphs in a process of its own, since some nodes take ONNX Runtime down. For each it leaves two models,
/// with sizes and with names, and what the runs gave; the last file of a graph appears whole or not at all.
final class RandomGraphsMain {
    private static final int NODES = 40;
    private static final int TRIES = 150;

    private RandomGraphsMain() {}

    /// @param args the folder, the first seed, and how many
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        long first = Long.parseLong(args[1]);
        for (long seed = first; seed < first + Long.parseLong(args[2]); seed++) {
            RandomGraph g = new RandomGraph(seed);
            for (int t = 0; t < TRIES && g.size() < NODES; t++) {
                Steps.next(g);
            }
            List<String> truth = new ArrayList<>();
            for (boolean named : new boolean[] {false, true}) {
                Path file = Made.model(folder, seed, named);
                Files.write(file, g.model(named).toByteArray());
                truth.add(OneNode.refusal(file).orElse("").replace('\n', ' '));
            }
            g.made()
                    .forEach((name, held) ->
                            truth.add(new Made.Tensor(name, g.producer(name), held.dtype(), held.dims()).line()));
            Path part = Files.write(folder.resolve("part"), truth);
            Path unused = Files.move(part, Made.truth(folder, seed), StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
