package dev.lathe.profile.torchscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.DType;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Formats;
import dev.lathe.profile.KernelMap;
import dev.lathe.profile.engine.KernelEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is known of PyTorch's files without PyTorch.
class TorchScriptTest {
    private static final ValueType PICTURE = ValueType.tensor(DType.FLOAT32, Shape.of(1, 3, 8, 8));

    @TempDir
    Path folder;

    private static KernelEvent kernel(String node, String op) {
        return new KernelEvent(node, op, "CPU", Duration.ZERO, Duration.ofNanos(5), 1, "", "", -1, -1, -1, -1);
    }

    @Test
    void theOperatorsOfARunAreTheLayersThatItsKernelsAreMappedTo() throws Exception {
        Path file = TorchScriptFiles.write(folder.resolve("tiny.pt"), "x: Tensor", "return torch.relu(x)");
        List<KernelEvent> run = List.of(
                kernel("conv2d_1", "aten::conv2d"),
                kernel("relu_1", "aten::relu"),
                kernel("nms_1", "torchvision::nms"));
        Model seen = TorchScript.withOperators(TorchScript.of(file, List.of(PICTURE)), run);
        assertThat(seen.graph().nodes())
                .extracting(Node::qualifiedOp)
                .containsExactly("aten:conv2d", "aten:relu", "torchvision:nms");
        assertThat(seen.source()).contains(file);
        assertThat(seen.graph().inputs()).hasSize(1);
        assertThat(KernelMap.unchanged(seen).share(run))
                .allSatisfy(s -> assertThat(s.parts()).hasSize(1))
                .hasSize(3);
        assertThat(Analysis.of(seen, DimBindings.NONE, JobContext.quiet()).freeDims())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"data.pkl, weights", "models/model.json, exported program", "picture.png, no TorchScript file"})
    void everyOtherArchiveIsRefusedAsWhatItIs(String entry, String words) throws Exception {
        Path file = TorchScriptFiles.archive(folder.resolve("other.pt"), Map.of(entry, new byte[] {1}));
        Diagnostic said = catchThrowableOfType(LatheException.class, () -> TorchScript.of(file, List.of(PICTURE)))
                .diagnostic();
        assertThat(said.line()).contains(words, "other.pt").doesNotContain("\n");
        assertThat(said.remedy()).isPresent();
    }

    @Test
    void aModelOfAnotherFormatIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("model.onnx"), "no archive at all");
        Diagnostic said = catchThrowableOfType(LatheException.class, () -> TorchScript.of(file, List.of(PICTURE)))
                .diagnostic();
        assertThat(said.line()).contains("model.onnx", "no TorchScript file");
        assertThat(said.remedy()).hasValueSatisfying(r -> assertThat(r).contains("onnxruntime"));
    }

    /// Who drops such a file into the window reads this.
    @Test
    void whoOpensATorchScriptFileAsAModelIsToldWhatCanBeDoneWithIt() throws Exception {
        Path file = TorchScriptFiles.write(folder.resolve("tiny.pt"), "x: Tensor", "return torch.relu(x)");
        Diagnostic said = catchThrowableOfType(LatheException.class, () -> Formats.open(file, JobContext.quiet()))
                .diagnostic();
        assertThat(said.message()).contains("TorchScript program");
        assertThat(said.remedy())
                .hasValueSatisfying(r ->
                        assertThat(r).contains("lathe run tiny.pt --engine djl-pytorch --input", "export it to ONNX"));
    }
}
