package dev.lathe.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
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
        Trace trace = TestModels.apply(model, pass);
        Model after = trace.result();
        if (after == model) {
            // The very same model: the edits by hand, of which none is given.
            return Optional.empty();
        }
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
            EquivalencePlan plan = new EquivalencePlan(1, 1, DimBindings.NONE);
            for (OutputDifference d :
                    Equivalence.compare(file, out, plan, Scratch.PLAIN_CPU, runner, JobContext.quiet())) {
                boolean warned = trace.steps().getFirst().remarks().stream()
                        .anyMatch(r -> r.code().equals("beyond-half-precision")
                                && r.place().equals(new Place.AtValue(d.name())));
                if (warned != (pass.equals("fp16") && d.nonFinite() > 0)) {
                    return Optional.of(
                            d.name() + " has " + d.nonFinite() + " numbers that are not finite; warned: " + warned);
                }
                // Structures with made-up weights, whose activations leave the range of half precision.
                if (!warned && d.cosine() < PassCatalog.require(pass).info().minCosine()) {
                    return Optional.of(d.name() + " has cosine " + d.cosine());
                }
            }
            return Optional.empty();
        } catch (LatheException e) {
            return Optional.of(e.getMessage());
        }
    }
}
