package dev.lathe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.JobContext;
import dev.lathe.graph.Model;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.text.GraphText;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `lathe inspect --cut` and `--lifetimes`.
class CliCutTest {
    @TempDir
    Path folder;

    private Path model;
    private Path part;

    @BeforeEach
    void aModelWithOddNames() throws Exception {
        model = folder.resolve("model.onnx");
        part = folder.resolve("part.onnx");
        Model m = GraphText.parse("""
                model "ONNX" ir=10
                opset "" 17
                graph g ("x:0": float32[n, 8]) -> ("y,1": float32[n, 8]) {
                  "a:0" = Relu("x:0")
                  "b,c" = Neg("a:0")
                  "y,1" = Exp("b,c")
                }
                """);
        Formats.export(m, model, JobContext.quiet());
    }

    @Test
    void namesMayHaveColonsAndCommas() throws Exception {
        CliRun run = CliRun.of("inspect", model, "--cut", "a:0:b,c,y,1", "-o", part);
        assertThat(run.exit()).as(run.err()).isZero();
        Model cut = Formats.open(part, JobContext.quiet());
        assertThat(cut.graph().inputs().stream().map(cut.graph()::nameOf)).containsExactly("a:0");
        assertThat(cut.graph().outputs().stream().map(cut.graph()::nameOf)).containsExactly("b,c", "y,1");
    }

    @Test
    void aTensorThatDoesNotExistIsNamedAndNothingIsWritten() {
        CliRun run = CliRun.of("inspect", model, "--cut", "nosuch:y,1", "-o", part);
        assertThat(run.exit()).isIn(2, 3);
        assertThat(run.err().lines()).singleElement().asString().contains("nosuch");
        assertThat(run.out()).isEmpty();
        assertThat(part).doesNotExist();
    }

    @Test
    void aCutWantsATarget() {
        CliRun run = CliRun.of("inspect", model, "--cut", "a:0:y,1");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("-o");
    }

    @Test
    void lifetimesTellFromWhereToWhereEachTensorIsAlive() throws Exception {
        Path csv = folder.resolve("lives.csv");
        CliRun run = CliRun.of("inspect", model, "--dim", "n=2", "--lifetimes", csv);
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(Files.readAllLines(csv))
                .hasSize(5)
                .first()
                .isEqualTo("model,tensor,dtype,shape,bytes,from_position,from_node,to_position,to_node,at_peak");
        assertThat(Files.readString(csv)).contains(model + ",x:0,float32,\"[2, 8]\",64,-1,,");
    }

    @Test
    void aModelAsTextIsReadByTheOtherCommands() throws Exception {
        Path text = folder.resolve("model.graph");
        assertThat(CliRun.of("inspect", model, "--text", text).exit()).isZero();
        assertThat(Files.readString(text)).contains("\"y,1\" = Exp(\"b,c\")");
        Path again = folder.resolve("again.onnx");
        CliRun run = CliRun.of("optimize", text, "--external-data", "keep", "-o", again);
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(again).hasSameBinaryContentAs(model);
    }
}
