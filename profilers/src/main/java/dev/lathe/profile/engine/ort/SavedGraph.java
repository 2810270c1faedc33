package dev.lathe.profile.engine.ort;

import dev.lathe.graph.Graph;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// The graph that ONNX Runtime saves of a model, without its weights: nobody reads these, and writing them takes longer
/// than opening the model does. They are "written" to where all is lost; when the graph is read, a file without content
/// stands in their place. Linux only: elsewhere weights are saved.
public final class SavedGraph {
    /// Smaller tensors stay in the graph: shapes and scalars, which say what it does.
    private static final long SMALL = 4096;

    private static final String NAME = "no-weights.bin";
    private static final Path NOWHERE = Path.of("/dev/null");

    /// More than the weights of any model that fits into memory, and folded constants: it takes no room on the disk.
    private static final long ROOM = 1L << 36;

    private SavedGraph() {}

    /// Options of a session that saves the graph that it makes of `source` in this folder; none where weights cannot
    /// be left out. With weights apart the runtime saves those of bodies (If, Loop, Scan) twice, and nobody can
    /// read that.
    public static Map<String, String> withoutWeights(Path folder, Graph source) {
        if (!possible() || hasBodies(source)) {
            return Map.of();
        }
        try {
            Files.createSymbolicLink(folder.resolve(NAME), NOWHERE);
        } catch (IOException | UnsupportedOperationException e) {
            return Map.of();
        }
        return Map.of(
                "session.optimized_model_external_initializers_file_name",
                NAME,
                "session.optimized_model_external_initializers_min_size_in_bytes",
                Long.toString(SMALL + 1));
    }

    /// Whether weights must not be saved apart.
    public static boolean hasBodies(Graph source) {
        return source.nodes().stream().anyMatch(n -> !n.subgraphs().isEmpty());
    }

    private static boolean possible() {
        return System.getProperty("os.name", "").equals("Linux") && Files.isWritable(NOWHERE);
    }

    /// Makes what was saved in this folder readable.
    public static void settle(Path folder) throws IOException {
        Path weights = folder.resolve(NAME);
        if (possible() && !Files.isRegularFile(weights)) {
            // The runtime takes away a file of weights into which nothing seems to have gone.
            Files.deleteIfExists(weights);
            try (RandomAccessFile file = new RandomAccessFile(weights.toFile(), "rw")) {
                file.setLength(ROOM);
            }
        }
    }
}
