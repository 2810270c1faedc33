package dev.lathe.optimize.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.edit.AppendModel;
import dev.lathe.graph.edit.Cut;
import dev.lathe.graph.edit.Edits;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.text.GraphText;
import dev.lathe.optimize.TestModels;
import dev.lathe.optimize.check.Equivalence;
import dev.lathe.optimize.check.EquivalencePlan;
import dev.lathe.optimize.check.OutputDifference;
import dev.lathe.optimize.rewrite.Scratch;
import dev.lathe.profile.DefaultDims;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A model that is cut in two and joined again computes what it did before, in the runtime.
class CutAndAppendTest {
    /// Every try at a cut takes time linear in them.
    private static final int MOST_NODES = 120;

    @TempDir
    Path folder;

    @Test
    void aSmallModel() throws Exception {
        Model model = GraphText.parse("""
                model "ONNX" ir=8
                opset "" 17
                graph g (x: float32[2, 4]) -> (y: float32[2, 4]) {
                  const w = float32[4, 4] {1.0, 2.0, 3.0, 4.0, -1.0, 2.0, -3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 8.0, 7.0, 6.0, 5.0}
                  a = MatMul(x, w)
                  b = Relu(a)
                  c = Add(b, b)
                  y = Softmax(c)
                }
                """);
        assertThat(joinedAgain(model)).isPresent();
    }

    @Test
    void realModels() throws Exception {
        List<Path> models = TestModels.sharedOnnx();
        Assumptions.assumeFalse(models.isEmpty(), "the folder with real models is not beside this checkout");
        int done = 0;
        for (Path file : models) {
            if (file.toFile().length() < 8_000_000
                    && joinedAgain(TestModels.open(file)).isPresent()) {
                done++;
            }
        }
        assertThat(done).isGreaterThan(3);
    }

    /// Empty where no single tensor divides the model, or it does not run here.
    private Optional<Model> joinedAgain(Model model) throws Exception {
        List<Node> nodes = model.graph().nodes();
        if (nodes.size() > MOST_NODES) {
            return Optional.empty();
        }
        List<String> outputs =
                model.graph().outputs().stream().map(model.graph()::nameOf).toList();
        for (int i = nodes.size() / 2; i < nodes.size() - 1; i++) {
            String name = model.graph().nameOf(nodes.get(i).output(0));
            if (name.isEmpty() || outputs.contains(name)) {
                continue;
            }
            Model first;
            Model second;
            try {
                first = edited(model, new Cut(List.of(), List.of(name)));
                second = edited(model, new Cut(List.of(name), outputs));
            } catch (LatheException e) {
                // A tensor that no output of the model needs.
                continue;
            }
            if (second.graph().inputs().size() != 1
                    || first.graph().inputs().size() != model.graph().inputs().size()) {
                continue;
            }
            Path rest = folder.resolve("rest.onnx");
            Formats.export(second, rest, JobContext.quiet());
            Model joined = edited(first, new AppendModel(rest, Map.of()));
            assertThat(joined.graph().outputs().stream().map(joined.graph()::nameOf))
                    .containsExactlyElementsOf(outputs);
            return compared(model, joined) ? Optional.of(joined) : Optional.empty();
        }
        return Optional.empty();
    }

    private static Model edited(Model model, dev.lathe.graph.edit.Edit edit) throws LatheException {
        return Edits.apply(model, List.of(edit), JobContext.quiet());
    }

    private static boolean compared(Model before, Model after) throws LatheException {
        List<OutputDifference> differences;
        try {
            differences = Equivalence.models(
                    before,
                    after,
                    new EquivalencePlan(1, 3, DefaultDims.choose(before)),
                    Scratch.PLAIN_CPU,
                    new dev.lathe.optimize.DirectRunner(),
                    JobContext.quiet());
        } catch (LatheException e) {
            return false;
        }
        assertThat(differences).allSatisfy(d -> assertThat(d.cosine()).isGreaterThan(0.99999));
        return true;
    }
}
