package dev.lathe.app.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lathe.app.parts.CostStrip;
import dev.lathe.core.JobContext;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.io.Formats;
import dev.lathe.profile.DefaultDims;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the cards of the start page tell of the samples.
class SampleFactsTest {
    @Test
    void aModelThatLiesInTheBranchesOfAnIfShowsWhereItsWorkIs(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("vad.onnx");
        try (InputStream in = getClass().getResourceAsStream("/dev/lathe/assets/samples/silero-vad.onnx")) {
            assertThat(in).isNotNull();
            Files.copy(in, file);
        }
        Model model = Formats.open(file, JobContext.quiet());
        SampleFacts facts = SampleFacts.of(model, Analysis.of(model, DefaultDims.choose(model), JobContext.quiet()));
        assertThat(facts.nodes()).isEqualTo(689);
        assertThat(facts.work()).hasSizeGreaterThan(5);
        assertThat(facts.work().stream().mapToDouble(CostStrip.Piece::part).sum())
                .isCloseTo(1, within(1e-9));
    }
}
