package dev.lathe.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.JobContext;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Formats;
import dev.lathe.optimize.check.Equivalence;
import dev.lathe.optimize.check.EquivalencePlan;
import dev.lathe.optimize.check.OutputDifference;
import dev.lathe.optimize.rewrite.Scratch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MiniLmTest {
    @TempDir
    Path folder;

    @Test
    void dynamicInt8TakesAQuarterOfTheRoomAndStaysClose() throws Exception {
        Path source = TestModels.miniLm(folder);
        Model model = TestModels.open(source);
        Model int8 = TestModels.apply(model, "simplify", "quantize-dynamic").result();
        Path file = folder.resolve("int8.onnx");
        Formats.export(int8, file, JobContext.quiet());
        assertThat(Files.size(file)).isLessThanOrEqualTo(24_000_000);

        EquivalencePlan plan =
                new EquivalencePlan(2, 1, new DimBindings(Map.of("batch_size", 1L, "sequence_length", 128L)));
        for (OutputDifference d :
                Equivalence.compare(source, file, plan, Scratch.PLAIN_CPU, new DirectRunner(), JobContext.quiet())) {
            assertThat(d.cosine()).as(d.name()).isGreaterThanOrEqualTo(0.98);
        }

        // What the int8 kernels cost can be told of the layers that the model's owner knows.
        for (Node n : int8.graph().nodes()) {
            Set<NodeId> sources = n.origin().sources();
            assertThat(sources).as(n.shownName()).isNotEmpty();
            assertThat(sources)
                    .allSatisfy(s -> assertThat(model.graph().node(s)).isPresent());
        }
        assertThat(int8.graph().nodes().stream().filter(n -> n.op().equals("MatMulInteger")))
                .hasSizeGreaterThanOrEqualTo(36);
        assertThat(int8.graph().nodes().stream().filter(n -> n.op().equals("DynamicQuantizeLinear")))
                .as("query, key and value share the quantized activation")
                .hasSizeLessThanOrEqualTo(25);
    }
}
