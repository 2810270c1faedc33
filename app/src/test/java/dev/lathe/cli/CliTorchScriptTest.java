package dev.lathe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lathe.profile.engine.Availability;
import dev.lathe.profile.pack.Packs;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `lathe run --engine djl-pytorch`: what does not depend on whether this machine has PyTorch, and, where it has, a
/// run.
class CliTorchScriptTest {
    @TempDir
    Path folder;

    /// By its names a TorchScript file; nobody here looks further.
    private Path script() throws Exception {
        Path file = folder.resolve("tiny.pt");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String name : List.of("tiny/code/__torch__.py", "tiny/constants.pkl", "tiny/data.pkl")) {
                zip.putNextEntry(new ZipEntry(name));
            }
        }
        return file;
    }

    @Test
    void withoutInputsTheOptionIsExplained() throws Exception {
        CliRun run = CliRun.of("run", script(), "--engine", "djl-pytorch");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("--input 'float32[batch,3,224,224]'").hasLineCount(1);
    }

    @Test
    void anInputThatIsNoTypeIsQuoted() throws Exception {
        for (String wrong : List.of("float33[1]", "float32", "float32[1", "1,3,224,224", "float32[1]) -> (")) {
            CliRun run = CliRun.of("run", script(), "--engine", "djl-pytorch", "--input", wrong);
            assertThat(run.exit()).as(wrong).isEqualTo(2);
            assertThat(run.err()).contains("'" + wrong + "'").hasLineCount(1);
        }
    }

    @Test
    void aFreeDimensionOfAnInputIsNamedLikeThoseOfModels() throws Exception {
        CliRun run = CliRun.of(
                "run", script(), "--engine", "djl-pytorch", "--input", "float32[batch,4]", "--dim", "width=2");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("no free dimension 'width'", "batch").hasLineCount(1);
    }

    @Test
    void anOnnxModelIsRefusedByThisEngineAndInputsByTheOthers() throws Exception {
        Path model = folder.resolve("model.onnx");
        try (InputStream in = getClass().getResourceAsStream("/dev/lathe/assets/samples/mnist-cnn.onnx")) {
            assertThat(in).isNotNull();
            Files.copy(in, model);
        }
        CliRun pyTorch = CliRun.of("run", model, "--engine", "djl-pytorch", "--input", "float32[1,1,28,28]");
        assertThat(pyTorch.exit()).isEqualTo(3);
        assertThat(pyTorch.err())
                .contains("model.onnx", "no TorchScript file", "onnxruntime")
                .hasLineCount(1);
        CliRun other = CliRun.of("run", model, "--input", "float32[1,1,28,28]");
        assertThat(other.exit()).isEqualTo(2);
        assertThat(other.err()).contains("djl-pytorch").hasLineCount(1);
    }

    @Test
    void withoutTheEngineItIsToldHowTheFileCanBeRun() throws Exception {
        CliRun run = CliRun.of("run", script());
        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err())
                .contains("lathe run tiny.pt --engine djl-pytorch --input")
                .hasLineCount(1);
    }

    @Test
    void theOperatorsOfAProgramAreItsLayersOrThePackIsAskedFor() throws Exception {
        Path file = Path.of(Optional.ofNullable(System.getenv("LATHE_SHARED")).orElse("../../shared"))
                .resolve("models/formats/pytorch/mnist_cnn_scripted.pt");
        assumeTrue(Files.exists(file), "no shared models beside this checkout");
        Path json = folder.resolve("run.json");
        CliRun run = CliRun.of(
                "run",
                file,
                "--engine",
                "djl-pytorch",
                "--input",
                "float32[n,1,28,28]",
                "--dim",
                "n=2",
                "--runs",
                5,
                "--json",
                json);
        if (Packs.ofThisUser().list().stream()
                .noneMatch(s -> s.id().equals("pytorch") && s.availability() instanceof Availability.Ready)) {
            assertThat(run.exit()).isEqualTo(1);
            assertThat(run.err()).contains("lathe packs add pytorch").hasLineCount(1);
            return;
        }
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains("aten:conv2d", "throughput");
        JsonNode told = CliRun.json(json);
        assertThat(told.path("layers").findValuesAsText("node")).contains("conv2d_4", "linear_2");
        assertThat(told.path("latencyMs").path("p50").asDouble()).isPositive();
        assertThat(told.path("peakMemoryBytes").asLong()).isPositive();
    }
}
