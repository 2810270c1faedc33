package dev.lathe.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lathe.architecture.OurClasses;
import dev.lathe.core.JobCancelledException;
import dev.lathe.core.JobContext;
import dev.lathe.core.Severity;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.text.GraphText;
import dev.lathe.graph.verify.Verifier;
import dev.lathe.optimize.check.Equivalence;
import dev.lathe.optimize.check.EquivalencePlan;
import dev.lathe.optimize.check.OutputDifference;
import dev.lathe.optimize.rewrite.Scratch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for every registered pass.
class PassContractTest {
    private static final List<String> GRAPHS = List.of("constants", "identities", "products", "halves");

    static Stream<String> passes() {
        return PassCatalog.all().stream().map(p -> p.info().name());
    }

    static Stream<Arguments> passesAndGraphs() {
        return passes().flatMap(p -> GRAPHS.stream().map(g -> Arguments.of(p, g)));
    }

    private static Model model(String name) throws Exception {
        return GraphText.parse(GoldenPassTest.text(name + ".before"));
    }

    private static String eager(String pass) {
        // The graphs of this test are smaller than what is worth quantizing.
        return pass.equals("quantize-dynamic") ? pass + ":min-elements=1" : pass;
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("passesAndGraphs")
    void aPassLeavesAModelThatRunsAndGivesTheSameWithinItsTolerance(String pass, String graph) throws Exception {
        Model model = model(graph);
        Model after = TestModels.apply(model, eager(pass)).result();
        EquivalencePlan plan = new EquivalencePlan(3, 7, new DimBindings(Map.of("batch", 2L)));
        double least = PassCatalog.require(pass).info().minCosine();
        for (OutputDifference d :
                Equivalence.models(model, after, plan, Scratch.PLAIN_CPU, new DirectRunner(), JobContext.quiet())) {
            assertThat(d.cosine()).as(d.name()).isGreaterThanOrEqualTo(least);
        }
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("passesAndGraphs")
    void aPassLeavesAModelThatKeepsTheRulesOfTheStandard(String pass, String graph) throws Exception {
        Model after = TestModels.apply(model(graph), eager(pass)).result();
        Analysis analysis = Analysis.of(after, DimBindings.NONE, JobContext.quiet());
        assertThat(Verifier.of(analysis, JobContext.quiet()))
                .filteredOn(d -> d.severity() == Severity.ERROR)
                .isEmpty();
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("passesAndGraphs")
    void aPassChangesNothingTheSecondTime(String pass, String graph) throws Exception {
        Model once = TestModels.apply(model(graph), eager(pass)).result();
        assertThat(TestModels.apply(once, eager(pass)).result()).isSameAs(once);
    }

    @ParameterizedTest
    @MethodSource("passes")
    void aPassThatDoesNotApplyGivesTheSameInstanceBack(String pass) throws Exception {
        Model model = GraphText.parse(
                "model \"ONNX\" ir=8\nopset \"\" 17\ngraph g (a: int64[n], b: int64[n]) -> (c: int64[n]) {\n"
                        + "  c = Add(a, b)\n}\n");
        assertThat(TestModels.apply(model, pass).result()).isSameAs(model);
    }

    @ParameterizedTest
    @MethodSource("passes")
    void aCancelledPassStopsWithoutAResult(String pass) throws Exception {
        Model model = model("products");
        JobContext cancelled = new JobContext() {
            @Override
            public void progress(double fraction, String step) {
                // nobody listens
            }

            @Override
            public boolean cancelled() {
                return true;
            }
        };
        Pass p = PassCatalog.require(pass);
        Map<String, String> options = PassOptions.complete(p.info(), Map.of());
        assertThatThrownBy(() -> p.run(model, new PassContext(cancelled, options, new DirectRunner(), d -> {})))
                .isInstanceOf(JobCancelledException.class);
    }

    @ParameterizedTest
    @MethodSource("passes")
    void aPassTellsHowFarItIs(String pass) throws Exception {
        List<Double> seen = new ArrayList<>();
        JobContext watched = new JobContext() {
            @Override
            public void progress(double fraction, String step) {
                assertThat(step).isNotEmpty();
                seen.add(fraction);
            }

            @Override
            public boolean cancelled() {
                return false;
            }
        };
        Pass p = PassCatalog.require(pass);
        p.run(
                model("products"),
                new PassContext(watched, PassOptions.complete(p.info(), Map.of()), new DirectRunner(), d -> {}));
        assertThat(seen).isNotEmpty().allSatisfy(f -> assertThat(f).isLessThanOrEqualTo(1));
    }

    @ParameterizedTest
    @MethodSource("passes")
    void aPassSaysWhatItDoesInWordsAndAsAnEquation(String pass) throws Exception {
        PassInfo info = PassCatalog.require(pass).info();
        assertThat(info.title()).isNotBlank();
        assertThat(info.description()).endsWith(".");
        assertThat(info.rewrite()).contains("→");
        assertThat(info.options()).allSatisfy(o -> assertThat(o.description()).endsWith("."));
        assertThat(PassOptions.complete(info, Map.of())).hasSize(info.options().size());
    }

    @Test
    void everyPassIsRegistered() {
        Set<String> written = OurClasses.implementing(Pass.class);
        assertThat(PassCatalog.all().stream().map(p -> p.getClass().getName()))
                .containsExactlyInAnyOrderElementsOf(written);
    }

    @Test
    void theSameRecipeGivesTheSameBytes(@TempDir Path folder) throws Exception {
        for (String name : List.of("one", "two")) {
            dev.lathe.graph.io.Formats.export(
                    TestModels.apply(model("products"), "simplify", "quantize-dynamic:min-elements=1", "fp16")
                            .result(),
                    folder.resolve(name),
                    JobContext.quiet());
        }
        assertThat(Files.mismatch(folder.resolve("one"), folder.resolve("two"))).isEqualTo(-1);
    }
}
