package dev.lathe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.JobContext;
import dev.lathe.graph.Model;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.text.GraphText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `lathe edit`.
class CliEditTest {
    @TempDir
    Path folder;

    private Path model;
    private Path out;

    @BeforeEach
    void aModel() throws Exception {
        model = folder.resolve("model.onnx");
        out = folder.resolve("out.onnx");
        Model m = GraphText.parse("""
                model "ONNX" ir=10
                opset "" 17
                graph g (x: float32[n, 8]) -> (y: float32[n, 8]) {
                  a = Relu(x) as first
                  y = Exp(a) as second
                }
                """);
        Formats.export(m, model, JobContext.quiet());
    }

    @Test
    void statementsOfAFileComeBeforeThoseOfTheCommandLine() throws Exception {
        Path script = folder.resolve("changes.txt");
        Files.writeString(script, "# names first\nrename node first to stem\nrename tensor a to hidden\n");
        Path json = folder.resolve("edit.json");
        CliRun run = CliRun.of(
                "edit", model, "-o", out, "--json", json, "--script", script, "replace stem with { hidden = Tanh(x) }");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(GraphText.print(Formats.open(out, JobContext.quiet())))
                .contains("hidden = Tanh(x)", "y = Exp(hidden) as second");
        assertThat(CliRun.json(json).get("edits")).hasSize(3);
        assertThat(CliRun.json(json).get("nodesAfter").asInt()).isEqualTo(2);
    }

    @Test
    void aModelThatAScriptAppendsLiesBesideIt() throws Exception {
        Path scripts = Files.createDirectory(folder.resolve("scripts"));
        Formats.export(
                GraphText.parse("model \"ONNX\" ir=8\nopset \"\" 17\ngraph h (y: float32[n, 8]) -> (z) {\n"
                        + "  z = Neg(y)\n}\n"),
                scripts.resolve("head.onnx"),
                JobContext.quiet());
        Path script = Files.writeString(scripts.resolve("changes.txt"), "append \"head.onnx\"");
        CliRun run = CliRun.of("edit", model, "-o", out, "--script", script);
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(GraphText.print(Formats.open(out, JobContext.quiet()))).contains("z = Neg(y)");
        assertThat(CliRun.of("edit", model, "-o", out, "append \"head.onnx\"").err())
                .as("named on the command line: from the working folder")
                .contains("head.onnx");
    }

    @Test
    void anEditThatCannotBeMadeNamesModelAndPlaceAndWritesNothing() {
        CliRun unknown = CliRun.of("edit", model, "-o", out, "remove third");
        assertThat(unknown.exit()).isEqualTo(3);
        assertThat(unknown.err().lines()).singleElement().asString().contains("model.onnx", "no node 'third'");
        CliRun broken = CliRun.of("edit", model, "-o", out, "rewire first input 0 to _");
        assertThat(broken.exit()).isEqualTo(3);
        assertThat(broken.err().lines()).singleElement().asString().contains("model.onnx", "node 'first' (Relu)");
        CliRun malformed = CliRun.of("edit", model, "-o", out, "remove");
        assertThat(malformed.exit()).isIn(2, 3);
        assertThat(malformed.err().lines()).singleElement().asString().contains("'remove'", "expected a name");
        assertThat(out).doesNotExist();
    }

    @Test
    void theModelIsReplacedOnlyOnDemand() throws Exception {
        byte[] before = Files.readAllBytes(model);
        assertThat(CliRun.of("edit", model, "-o", model, "remove first").exit()).isEqualTo(2);
        assertThat(model).hasBinaryContent(before);
        CliRun run = CliRun.of("edit", model, "-o", model, "--in-place", "remove first");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(Formats.open(model, JobContext.quiet()).graph().nodes()).hasSize(1);
    }

    @Test
    void withoutAnyChangeItIsWrongUsage() {
        CliRun run = CliRun.of("edit", model, "-o", out);
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("--script");
    }

    @Test
    void anEditIsAStepOfARecipe() throws Exception {
        Path recipe = folder.resolve("recipe.json");
        CliRun run =
                CliRun.of("optimize", model, "-o", out, "--pass", "edit:script=remove first", "--save-recipe", recipe);
        assertThat(run.exit()).as(run.err()).isZero();
        Path again = folder.resolve("again.onnx");
        assertThat(CliRun.of("optimize", model, "-o", again, "--recipe", recipe).exit())
                .isZero();
        assertThat(again).hasSameBinaryContentAs(out);
        assertThat(run.out()).contains("output y: cosine");
    }

    @Test
    void nodesInBodiesAndFunctionsAreListedByTheNamesThatEditTakes() throws Exception {
        Path nested = Files.writeString(folder.resolve("nested.graph"), """
                model "ONNX" ir=10
                opset "" 20
                opset "local" 1
                graph g (x: float32[2], c: bool[]) -> (y: float32[2], z: float32[2]) {
                  y = If(c) {then_branch = graph yes () -> (a) {
                    n = Neg(x)
                    a = Relu(n) as last
                  }, else_branch = graph no () -> (a) {
                    a = Abs(x)
                  }} as choose
                  z = local:Twice(x)
                }
                function "local" "" [] {} opset "" 20 graph Twice (x) -> (y) {
                  y = Add(x, x)
                }
                """);
        CliRun listed = CliRun.of("inspect", nested, "--layers", "-", "--inside");
        assertThat(listed.exit()).as(listed.err()).isZero();
        List<String> names = listed.out()
                .lines()
                .skip(1)
                .map(l -> l.substring(nested.toString().length() + 1).split(",")[1])
                .toList();
        assertThat(names)
                .containsExactly(
                        "choose.then_branch/Neg_1",
                        "choose.then_branch/last",
                        "choose.else_branch/Abs_3",
                        "choose",
                        "Twice_4",
                        "local:Twice/Add_5");
        for (String name : names) {
            CliRun run = CliRun.of("edit", nested, "-o", out, "rename node \"" + name + "\" to found");
            assertThat(run.err()).doesNotContain("no node");
        }
        CliRun unknown = CliRun.of("edit", nested, "-o", out, "remove \"choose.then_branch/Neg_9\"");
        assertThat(unknown.err()).contains("--inside lists all nodes", "choose.then_branch/Neg_1");
        assertThat(CliRun.of("inspect", nested, "--inside").exit()).isEqualTo(2);
    }
}
