package dev.lathe.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.text.GraphText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipeTest {
    @TempDir
    Path folder;

    @Test
    void aRecipeComesBackFromItsFile() throws Exception {
        Recipe recipe = Recipe.EMPTY
                .then(new Recipe.Step("simplify", Map.of()))
                .then(StepText.parse("quantize-dynamic:exclude=*head*,*stem*,per-column=false"));
        Path file = folder.resolve("r.json");
        RecipeFile.write(recipe, file);
        assertThat(RecipeFile.read(file)).isEqualTo(recipe);
        assertThat(recipe.steps().getLast().options())
                .isEqualTo(Map.of("exclude", "*head*,*stem*", "per-column", "false"));
    }

    @Test
    void aModelThatARecipeAppendsLiesBesideIt() throws Exception {
        Path recipes = Files.createDirectory(folder.resolve("recipes"));
        Path head = recipes.resolve("head.onnx");
        Formats.export(
                GraphText.parse(
                        "model \"ONNX\" ir=8\nopset \"\" 17\ngraph h (y: float32[1]) -> (z) {\n" + "  z = Exp(y)\n}\n"),
                head,
                JobContext.quiet());
        Path file = Files.writeString(recipes.resolve("r.json"), """
                {"latheRecipe": 1, "steps": [{"pass": "edit", "options": {"script": "append \\"head.onnx\\""}}]}
                """);
        var model = GraphText.parse(
                "model \"ONNX\" ir=8\nopset \"\" 17\ngraph g (x: float32[1]) -> (y) {\n  y = Relu(x)\n}\n");
        Recipe recipe = RecipeFile.read(file);
        Trace trace = Pipeline.run(model, recipe, new DirectRunner(), JobContext.quiet());
        assertThat(GraphText.print(trace.result())).contains("z = Exp(y)");
    }

    @Test
    void aModelThatWasNamedFromTheWorkingFolderIsNamedFromTheRecipe() throws Exception {
        Path file = Files.createDirectory(folder.resolve("recipes")).resolve("r.json");
        Path here = Path.of("heads", "head.onnx");
        Path full = folder.resolve("full.onnx");
        String statement = "append %s connect y to x";
        for (Path named : new Path[] {here, full}) {
            Recipe recipe = Recipe.EMPTY.then(
                    new Recipe.Step("edit", Map.of("script", statement.formatted(GraphText.quoted(named.toString())))));
            RecipeFile.write(recipe, file);
            Path written = named.isAbsolute()
                    ? named
                    : file.toAbsolutePath().getParent().relativize(named.toAbsolutePath());
            assertThat(Files.readString(file)).contains(written.toString().replace("\\", "\\\\"));
            String read = RecipeFile.read(file).steps().getFirst().options().get("script");
            Path meant = Path.of(read.split("\"")[1].replace("\\\\", "\\"));
            assertThat(meant.toAbsolutePath().normalize())
                    .isEqualTo(named.toAbsolutePath().normalize());
        }
    }

    @Test
    void aScriptThatNamesNoFileStaysAsItIsWritten() throws Exception {
        Path file = folder.resolve("r.json");
        Recipe recipe = Recipe.EMPTY.then(
                new Recipe.Step("edit", Map.of("script", "# first\nremove a   remove b  # and that")));
        RecipeFile.write(recipe, file);
        assertThat(RecipeFile.read(file)).isEqualTo(recipe);
        Recipe unreadable = Recipe.EMPTY.then(new Recipe.Step("edit", Map.of("script", "append nothing")));
        RecipeFile.write(unreadable, file);
        assertThat(RecipeFile.read(file)).isEqualTo(unreadable);
    }

    @Test
    void aStepPrintsAsItIsWritten() throws Exception {
        String text = "quantize-dynamic:exclude=a,b,reduce-range=true";
        assertThat(StepText.print(StepText.parse(text))).isEqualTo(text);
        assertThat(catchThrowableOfType(LatheException.class, () -> StepText.parse("fp16:x"))
                        .diagnostic()
                        .place())
                .isInstanceOf(Place.AtOption.class);
    }

    @Test
    void anUnknownPassIsNamedTogetherWithThoseThatThereAre() throws Exception {
        Path file = folder.resolve("r.json");
        Files.writeString(file, "{\"latheRecipe\": 1, \"steps\": [{\"pass\": \"shrink\"}]}");
        LatheException e = catchThrowableOfType(LatheException.class, () -> RecipeFile.read(file));
        assertThat(e.diagnostic().line()).contains("shrink").contains("simplify, quantize-dynamic, fp16");
    }

    @Test
    void anUnknownOptionOrValueIsRefusedBeforeAnythingRuns() throws Exception {
        var model = GraphText.parse(
                "model \"ONNX\" ir=8\nopset \"\" 17\ngraph g (x: float32[1]) -> (y) {\n" + "  y = Relu(x)\n}\n");
        LatheException unknown =
                catchThrowableOfType(LatheException.class, () -> TestModels.apply(model, "simplify", "fp16:bits=4"));
        assertThat(unknown.diagnostic().line()).contains("fp16:bits").contains("keep-io");
        LatheException choice = catchThrowableOfType(
                LatheException.class, () -> TestModels.apply(model, "quantize-dynamic:weight-type=int3"));
        assertThat(choice.diagnostic().line()).contains("int3").contains("int8, uint8");
        LatheException flag =
                catchThrowableOfType(LatheException.class, () -> TestModels.apply(model, "fp16:keep-io=perhaps"));
        assertThat(flag.diagnostic().line()).contains("true or false");
    }

    private static String said(String nodes, String step) throws Exception {
        var model = GraphText.parse("model \"ONNX\" ir=8\nopset \"\" 17\n" + nodes);
        Trace trace =
                Pipeline.run(model, Recipe.EMPTY.then(StepText.parse(step)), new DirectRunner(), JobContext.quiet());
        assertThat(trace.result()).isSameAs(model);
        return trace.steps().getFirst().remarks().getFirst().line();
    }

    @Test
    void aPassThatChangesNothingSaysWhy() throws Exception {
        String small = """
                graph g (x: float32[1, 20]) -> (y) {
                  const w = float32[20, 2] elided 160
                  y = MatMul(x, w)
                }
                """;
        assertThat(said(small, "quantize-dynamic"))
                .contains("changed nothing", "1 MatMul and Gemm", "largest of 40 values", "min-elements=1,024");
        String relu = "graph g (x: float32[1, 20]) -> (y) {\n  y = Relu(x)\n}\n";
        assertThat(said(relu, "quantize-dynamic")).contains("no MatMul or Gemm");
        assertThat(said(relu, "simplify")).contains("pass simplify: changed nothing");
    }

    @Test
    void whatIsNoRecipeIsToldApart() throws Exception {
        Path file = folder.resolve("r.json");
        for (Map.Entry<String, String> bad : Map.of(
                        "not json", "recipe-not-json",
                        "{\"a\": 1}", "not-a-recipe",
                        "{\"latheRecipe\": 2, \"steps\": []}", "recipe-version",
                        "{\"latheRecipe\": 1, \"steps\": [{}]}", "recipe-step")
                .entrySet()) {
            Files.writeString(file, bad.getKey());
            assertThat(catchThrowableOfType(LatheException.class, () -> RecipeFile.read(file))
                            .diagnostic()
                            .code())
                    .isEqualTo(bad.getValue());
        }
    }
}
