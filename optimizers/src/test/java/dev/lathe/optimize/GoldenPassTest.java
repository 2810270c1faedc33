package dev.lathe.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.graph.text.GraphText;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What each pass makes of a small graph, as text before and text after. Run with LATHE_WRITE_GOLDEN=1 to
/// write the texts anew after a change that is meant; then read the difference.
class GoldenPassTest {
    static String text(String name) throws Exception {
        try (InputStream in = GoldenPassTest.class.getResourceAsStream("golden/" + name + ".graph")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "constants, simplify",
        "constants, simplify:fold-constants=false",
        "growth, simplify",
        "growth, simplify:max-growth-bytes=4096",
        "identities, simplify",
        "products, quantize-dynamic:min-elements=1;reduce-range=false",
        "products, quantize-dynamic:min-elements=1;reduce-range=false;per-column=false;weight-type=uint8;embeddings=false",
        "products, quantize-dynamic:min-elements=1;reduce-range=false;exclude=attention/*",
        "fills, fp16",
        "halves, fp16",
        "halves, fp16:keep-io=false"
    })
    void aPassRewritesTheGraphAsWritten(String before, String step) throws Exception {
        String after =
                GraphText.print(TestModels.apply(GraphText.parse(text(before + ".before")), step.replace(';', ','))
                        .result());
        String name = before + "." + step.replaceAll("[^a-z0-9]+", "-");
        if (System.getenv("LATHE_WRITE_GOLDEN") != null) {
            Files.writeString(Path.of("src/test/resources/dev/lathe/optimize/golden", name + ".graph"), after);
            return;
        }
        assertThat(after).isEqualTo(text(name));
    }
}
