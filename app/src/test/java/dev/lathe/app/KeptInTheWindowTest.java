package dev.lathe.app;

import static dev.lathe.app.WindowJourney.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.app.project.FakeServices;
import dev.lathe.app.project.Services;
import dev.lathe.app.project.TinyModel;
import dev.lathe.app.project.Variant;
import dev.lathe.app.session.MeasuredFiles;
import dev.lathe.optimize.Recipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/// A user measures a model and its variant, closes the model, and finds all of it again when it is opened anew.
@ExtendWith(ApplicationExtension.class)
class KeptInTheWindowTest {
    @TempDir
    private static Path folder;

    private final FakeServices fakes = new FakeServices();
    private Path data = Path.of("");
    private WindowJourney journey;

    @Start
    void start(Stage stage) throws Exception {
        data = Files.createTempDirectory(folder, "data");
        fakes.recipe.countDown();
        Services s = fakes.services();
        journey = WindowJourney.begin(
                stage,
                folder,
                new Services(
                        s.files(),
                        s.analyst(),
                        s.profiler(),
                        s.compression(),
                        s.machine(),
                        s.reports(),
                        s.roofs(),
                        s.tensors(),
                        new MeasuredFiles(data),
                        s.owned()));
    }

    @AfterEach
    void close() throws Exception {
        journey.end();
    }

    private List<Path> files() throws Exception {
        try (Stream<Path> all = Files.walk(data)) {
            return all.filter(f -> f.toString().endsWith(".run.json")).toList();
        }
    }

    private void open(Path file) throws Exception {
        journey.open(file);
        await(() -> journey.project().isOpen() && !journey.window().jobs().anyOpen());
    }

    private void measure(int files) throws Exception {
        WaitForAsyncUtils.waitForAsyncFx(
                10_000, () -> journey.window().workbench().run(3));
        await(() -> !journey.project().run().running() && files().size() == files);
    }

    private static void clickAnswer(FxRobot robot, String text) throws TimeoutException {
        await(() -> answer(robot, text).findFirst().isPresent());
        robot.clickOn(answer(robot, text).findFirst().orElseThrow());
    }

    private static Stream<Node> answer(FxRobot robot, String text) {
        return robot.lookup(".toast").queryAll().stream()
                .flatMap(t -> t.lookupAll(".button").stream())
                .filter(n -> String.valueOf(((Labeled) n).getText()).equals(text));
    }

    @Test
    void runsOfTheModelAndOfItsVariantComeBack(FxRobot robot) throws Exception {
        Path file = TinyModel.file(folder);
        open(file);
        measure(1);
        measure(2);
        robot.interact(() -> {
            var id = journey.window().workbench().addVariant("simpler", List.of(new Recipe.Step("simplify", Map.of())));
            journey.window().workbench().store().dispatch(new dev.lathe.app.project.Action.SelectVariant(id));
        });
        await(() -> journey.project().shown().flatMap(Variant::ready).isPresent());
        measure(3);
        robot.interact(() -> journey.window().workbench().closeModel());
        await(() -> !journey.project().isOpen());
        Path copy = Files.copy(file, folder.resolve("copy-" + System.nanoTime() + ".onnx"));
        open(copy);
        await(() -> journey.project().source().orElseThrow().runs().size() == 2);
        assertThat(journey.project().shownRun())
                .as("old figures are not shown unasked")
                .isEmpty();
        clickAnswer(robot, "Show the newest");
        await(() -> journey.project().shownRun().isPresent());
        assertThat(journey.project().shownRun().orElseThrow().layers()).isNotEmpty();
        // As often as it is opened.
        open(file);
        clickAnswer(robot, "Make its variant");
        await(() -> journey.project().variants().size() == 2
                && journey.project().variants().getLast().runs().size() == 1);
        assertThat(journey.project().variants().getLast().name()).isEqualTo("simpler");
    }

    @Test
    void aDamagedFileIsToldAndTheOthersAreThere(FxRobot robot) throws Exception {
        open(TinyModel.file(folder));
        measure(1);
        Path good = files().getFirst();
        Files.writeString(good.resolveSibling("20000101-000000-000-x.run.json"), "{ half");
        robot.interact(() -> journey.window().workbench().closeModel());
        await(() -> !journey.project().isOpen());
        open(TinyModel.file(folder));
        await(() -> journey.project().source().orElseThrow().runs().size() == 1);
        await(() -> journey.window().jobs().rows().stream().noneMatch(r -> r.open()));
        assertThat(good.resolveSibling("20000101-000000-000-x.run.json")).hasContent("{ half");
        robot.clickOn("#tab-compare").clickOn("#compare-runs");
        await(() -> robot.lookup("#runs-damaged").queryLabeled().isVisible());
        assertThat(robot.lookup("#runs-damaged").queryLabeled().getText())
                .contains("20000101-000000-000-x.run.json", "no JSON any more", "ignored");
    }
}
