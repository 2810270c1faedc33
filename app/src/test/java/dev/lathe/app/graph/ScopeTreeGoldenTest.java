package dev.lathe.app.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.JobContext;
import dev.lathe.graph.Graph;
import dev.lathe.graph.io.Formats;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Holds the trees of known graphs fast, to the last path and name, while what makes them is made faster. The
/// digests were taken from the first, slow version; a wanted change of trees prints new ones in the failure.
class ScopeTreeGoldenTest {
    @Test
    void treesOfSyntheticGraphsStayTheSame() throws Exception {
        assertThat(digests(List.of("blocks 7", "blocks 700", "nameless 2000", "nameless 30000"), name -> {
                    int n = Integer.parseInt(name.substring(name.indexOf(' ') + 1));
                    return name.startsWith("blocks")
                            ? Sketch.blocks(n).graph()
                            : Sketch.nameless(n).graph();
                }))
                .isEqualTo(golden(false));
    }

    @Test
    void theTreeOfATransformerStaysTheSame(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("minilm.onnx");
        try (InputStream in = getClass().getResourceAsStream("/all-minilm-l6-v2.onnx")) {
            Files.copy(in, file);
        }
        assertThat(digests(
                        List.of("minilm"),
                        n -> Formats.open(file, JobContext.quiet()).graph()))
                .isEqualTo("minilm c85f9eca2190e5eba3cb7332\n");
    }

    @Test
    void treesOfRealModelsStayTheSame() throws Exception {
        Optional<Path> models = Stream.of(
                        Optional.ofNullable(System.getenv("LATHE_SHARED")).map(Path::of),
                        Optional.of(Path.of("../shared")),
                        Optional.of(Path.of("../../shared")))
                .flatMap(Optional::stream)
                .map(p -> p.resolve("models/onnx"))
                .filter(Files::isDirectory)
                .findFirst();
        Assumptions.assumeTrue(models.isPresent(), "the sample models are not here");
        List<String> known = new ArrayList<>();
        StringBuilder expected = new StringBuilder();
        for (String line : golden(true).lines().toList()) {
            String name = line.substring(0, line.indexOf(' '));
            if (Files.exists(models.orElseThrow().resolve(name))) {
                known.add(name);
                expected.append(line).append('\n');
            }
        }
        assertThat(digests(
                        known,
                        n -> Formats.open(models.orElseThrow().resolve(n), JobContext.quiet())
                                .graph()))
                .isEqualTo(expected.toString());
    }

    @FunctionalInterface
    private interface Source {
        Graph graph(String name) throws Exception;
    }

    private static String digests(List<String> names, Source source) throws Exception {
        StringBuilder out = new StringBuilder();
        for (String n : names) {
            out.append(n).append(' ').append(digest(source.graph(n))).append('\n');
        }
        return out.toString();
    }

    private static String golden(boolean files) throws Exception {
        try (InputStream in = ScopeTreeGoldenTest.class.getResourceAsStream("/scope-trees.txt")) {
            StringBuilder out = new StringBuilder();
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(l -> !l.isBlank() && l.contains(".onnx ") == files)
                    .forEach(l -> out.append(l).append('\n'));
            return out.toString();
        }
    }

    private static String digest(Graph graph) throws Exception {
        ScopeTree tree = ScopeTree.of(graph);
        StringBuilder all = new StringBuilder();
        write(tree, tree.root(), all);
        byte[] sum = MessageDigest.getInstance("SHA-256").digest(all.toString().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(sum, 0, 12);
    }

    private static void write(ScopeTree tree, ScopeTree.Scope s, StringBuilder out) {
        out.append(s.path()).append('|').append(s.label()).append('|').append(s.kind());
        out.append('|').append(s.head()).append('|').append(s.nodes()).append('\n');
        for (ScopeTree.Item i : s.items()) {
            switch (i) {
                case ScopeTree.Scope c -> write(tree, c, out);
                case ScopeTree.Leaf l ->
                    out.append(l).append(tree.layerName(l.node())).append('\n');
            }
        }
    }
}
