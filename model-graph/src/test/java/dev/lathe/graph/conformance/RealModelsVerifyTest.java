package dev.lathe.graph.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Severity;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.io.Samples;
import dev.lathe.graph.verify.Verifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Real models keep the standard's rules.
class RealModelsVerifyTest {
    @Test
    void theVerifierFindsNoErrorInRealModels() throws Exception {
        assertThat(errors(Samples.shared())).isEmpty();
    }

    private static List<String> errors(List<Path> files) throws LatheException {
        List<String> found = new ArrayList<>();
        for (Path file : files) {
            Analysis analysis =
                    Analysis.of(Formats.open(file, JobContext.quiet()), DimBindings.NONE, JobContext.quiet());
            for (Diagnostic d : Verifier.of(analysis, JobContext.quiet())) {
                if (d.severity() == Severity.ERROR) {
                    found.add(file + ": " + d.line());
                }
            }
        }
        return found;
    }
}
