package dev.lathe.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Formats;
import dev.lathe.optimize.check.Equivalence;
import dev.lathe.optimize.check.EquivalencePlan;
import dev.lathe.optimize.check.OutputDifference;
import dev.lathe.optimize.rewrite.Scratch;
import dev.lathe.profile.engine.SessionConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every pass on every real model that is beside the checkout.
class SharedModelsTest {
    /// Structures with made-up weights: their activations leave the range of half precision.
    private static final String MADE_UP = ".*light_(?!densenet).*";

    @TempDir
    Path folder;

    static java.util.stream.Stream<String> passes() {
        return PassCatalog.all().stream().map(p -> p.info().name());
    }

    @ParameterizedTest
    @MethodSource("passes")
    void everyRealModelComesOutRunningAndCloseToWhatItWas(String pass) throws Exception {
        List<Path> models = TestModels.sharedOnnx();
        Assumptions.assumeFalse(models.isEmpty(), "the folder with real models is not beside this checkout");
        List<String> wrong = new ArrayList<>();
        for (Path file : models) {
            problem(file, pass).ifPresent(p -> wrong.add(pass + " on " + file.getFileName() + ": " + p));
        }
        assertThat(wrong).isEmpty();
    }

    private Optional<String> problem(Path file, String pass) throws Exception {
        Model model = TestModels.open(file);
        Model after = TestModels.apply(model, pass).result();
        if (TestModels.apply(after, pass).result() != after) {
            return Optional.of("not the same when applied again");
        }
        Path out = folder.resolve("out.onnx");
        Formats.export(after, out, JobContext.quiet());
        DirectRunner runner = new DirectRunner();
        try {
            runner.open(file, Scratch.PLAIN_CPU, SessionConfig.of(1), JobContext.quiet())
                    .close();
        } catch (LatheException e) {
            return Optional.empty();
        }
        try {
            runner.open(out, Scratch.PLAIN_CPU, SessionConfig.of(1), JobContext.quiet())
                    .close();
            if (pass.equals("fp16") && file.toString().matches(MADE_UP)) {
                return Optional.empty();
            }
            EquivalencePlan plan = new EquivalencePlan(1, 1, DimBindings.NONE);
            for (OutputDifference d :
                    Equivalence.compare(file, out, plan, Scratch.PLAIN_CPU, runner, JobContext.quiet())) {
                if (d.cosine() < PassCatalog.require(pass).info().minCosine()) {
                    return Optional.of(d.name() + " has cosine " + d.cosine());
                }
            }
            return Optional.empty();
        } catch (LatheException e) {
            return Optional.of(e.getMessage());
        }
    }
}
