package dev.lathe.graph.analyze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Severity;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Model;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.io.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Real models: what inference finds, and costs held against published figures.
class RealModelsTest {
    /// Sizes that a model demands (a state for each sequence of the batch, which is 1); everything else may have any.
    private static final Map<String, Map<String, Long>> DEMANDED = Map.of(
            "melspectrogram-op13.onnx", Map.of("samples", 16000L),
            "silero-vad-half-op16.onnx", Map.of("sequence", 512L),
            "silero-vad-if-lstm-op16.onnx", Map.of("input_d1", 512L, "state_d1", 1L),
            "tinybert-op11.onnx", Map.of("sequence", 64L));

    /// It has a branch for 16 kHz and one for 8 kHz, which want different numbers of samples.
    private static final String ONE_BRANCH_FITS = "silero-vad-if-lstm-op16.onnx";

    /// Its pictures are decoded and encoded inside: their sizes are data.
    private static final String DEPENDS_ON_DATA = "superresolution-customops-op18.onnx";

    @Test
    void everyRealModelIsInferredAndCostedWithoutContradictions() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (Path file : Samples.shared()) {
            String name = file.getFileName().toString();
            Model model = Formats.open(file, JobContext.quiet());
            Analysis open = Analysis.of(model, DimBindings.NONE, JobContext.quiet());
            Map<String, Long> sizes = new HashMap<>();
            open.freeDims().keySet().forEach(d -> sizes.put(d, d.contains("batch") || d.endsWith("_d0") ? 1L : 64L));
            sizes.putAll(DEMANDED.getOrDefault(name, Map.of()));
            Analysis set = Analysis.of(model, new DimBindings(sizes), JobContext.quiet());
            List<ValueId> produced = new ArrayList<>();
            model.graph()
                    .forEachGraph(g -> g.nodes()
                            .forEach(n -> n.outputs().stream()
                                    .filter(ValueId::isPresent)
                                    .forEach(produced::add)));
            long known = produced.stream().filter(v -> isFixed(set.type(v))).count();
            if (!name.equals(DEPENDS_ON_DATA)) {
                if (known < (name.equals(ONE_BRANCH_FITS) ? 0.9 : 0.99) * produced.size()) {
                    wrong.add(name + ": " + known + " of " + produced.size() + " tensors known");
                }
                if (!set.costs().unknown().isEmpty()) {
                    wrong.add(name + ": " + set.costs().unknown().size() + " nodes without a cost");
                }
                if (!(set.liveness().peakBytes() instanceof Dim.Fixed)) {
                    wrong.add(name + ": peak memory unknown");
                }
            }
            for (Analysis a : List.of(open, set)) {
                a.inference().diagnostics().stream()
                        .filter(d -> d.severity() != Severity.INFO)
                        .forEach(d -> wrong.add(name + ": " + d.line()));
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static boolean isFixed(ValueType type) {
        return type.dtype().isPresent()
                && type.shape() instanceof Shape.Ranked(List<Dim> dims)
                && dims.stream().allMatch(d -> d instanceof Dim.Fixed);
    }

    /// Published multiply-accumulates in thousands of millions: He et al. 2015 (table 1), Simonyan and Zisserman
    /// 2014 as counted for VGG-19, Huang et al. 2016 (table 1: 2.83 without the pooled average), Szegedy et al.
    /// 2014 (1.5), and SqueezeNet 1.1 (0.35).
    @ParameterizedTest
    @CsvSource({
        "light_resnet50.onnx, 4.1, 0.05",
        "light_vgg19.onnx, 19.6, 0.05",
        "light_densenet121.onnx, 2.83, 0.05",
        "light_inception_v1.onnx, 1.5, 0.1",
        "light_squeezenet.onnx, 0.35, 0.01"
    })
    void macsOfKnownNetworksAreThePublishedOnes(String name, double published, double tolerance) throws Exception {
        Path file = find(name);
        Analysis a = Analysis.of(Formats.open(file, JobContext.quiet()), DimBindings.NONE, JobContext.quiet());
        assertThat(a.costs().total().macs().fixed().orElseThrow() / 1e9).isCloseTo(published, within(tolerance));
    }

    @Test
    void parametersOfTheLayersAddUpToTheModels() throws Exception {
        List<Path> all = Samples.shared();
        Assumptions.assumeFalse(all.isEmpty(), "the folder of real models is not there");
        for (Path file : all) {
            Analysis a = Analysis.of(Formats.open(file, JobContext.quiet()), DimBindings.NONE, JobContext.quiet());
            long layers = a.model().graph().nodes().stream()
                    .mapToLong(n -> a.costs().of(n.id()).parameters().fixed().orElseThrow())
                    .sum();
            long unused = a.model().graph().initializers().entrySet().stream()
                    .filter(e -> a.model().graph().consumers(e.getKey()).isEmpty())
                    .mapToLong(e -> e.getValue().elements())
                    .sum();
            assertThat(layers + unused)
                    .as(file.toString())
                    .isEqualTo(a.costs().total().parameters().fixed().orElseThrow());
        }
    }

    private static Path find(String name) throws IOException {
        List<Path> all = Samples.shared();
        Assumptions.assumeTrue(all.stream().anyMatch(f -> f.endsWith(name)), name + " is not on this machine");
        return all.stream().filter(f -> f.endsWith(name)).findFirst().orElseThrow();
    }

    @Test
    void anUnknownSizeIsToldAsUnknownWhereItDependsOnData() throws IOException, LatheException {
        Model model = Formats.open(find(DEPENDS_ON_DATA), JobContext.quiet());
        Analysis a = Analysis.of(model, DimBindings.NONE, JobContext.quiet());
        assertThat(a.costs().unknown()).isNotEmpty();
        assertThat(a.costs().total().flops()).isEqualTo(Dim.unknown());
        assertThat(a.costs().total().parameters().fixed().orElseThrow()).isEqualTo(59_700);
    }
}
