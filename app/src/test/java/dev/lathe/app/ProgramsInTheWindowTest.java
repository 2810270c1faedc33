package dev.lathe.app;

import static dev.lathe.app.WindowJourney.await;
import static dev.lathe.app.WindowJourney.says;
import static dev.lathe.app.WindowJourney.seen;
import static dev.lathe.app.WindowJourney.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lathe.app.project.RunState;
import dev.lathe.app.project.Services;
import dev.lathe.app.project.SourceKind;
import dev.lathe.graph.Node;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.engine.CacheFolder;
import dev.lathe.profile.engine.ort.OrtNatives;
import dev.lathe.profile.pack.KnownPacks;
import dev.lathe.profile.pack.Packs;
import dev.lathe.profile.worker.WorkerLaunch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/// A TorchScript file in the real window: what it is given is asked for, its operators are its layers once it ran, and
/// what it lacks is said where the user looks.
@ExtendWith(ApplicationExtension.class)
class ProgramsInTheWindowTest {
    @TempDir
    private static Path folder;

    private final Path packs = Optional.ofNullable(System.getenv("LATHE_TEST_PYTORCH"))
            .map(Path::of)
            .orElseGet(() -> CacheFolder.ofThisUser().resolve("test-pytorch"))
            .resolve("packs");
    private Path used = packs;
    private Path script = Path.of("");
    private WindowJourney journey;

    /// With packs from a folder that the test may change.
    @Start
    void start(Stage stage) throws Exception {
        used = Files.createTempDirectory(folder, "packs");
        WorkerLaunch plain = WorkerLaunch.ofThisProcess();
        WorkerLaunch launch = new WorkerLaunch(plain.java(), plain.classPath(), plain.options(), shelf());
        Services real = WiredServices.services(launch);
        journey = WindowJourney.begin(stage, folder, real);
    }

    private Packs shelf() {
        return new Packs(used, OrtNatives.platform(), OrtNatives.VERSION, KnownPacks.all());
    }

    @BeforeEach
    void aProgramIsOpened() throws Exception {
        Path shared = Path.of(Optional.ofNullable(System.getenv("LATHE_SHARED")).orElse("../../shared"))
                .resolve("models/formats/pytorch/mnist_cnn_scripted.pt");
        assumeTrue(Files.exists(shared), "no shared models beside this checkout");
        script = Files.copy(shared, Files.createTempDirectory(folder, "model").resolve("mnist_cnn_scripted.pt"));
        journey.open(script);
        await(() -> journey.project().kind() == SourceKind.PROGRAM);
    }

    @AfterEach
    void close() throws Exception {
        journey.end();
    }

    private void given(FxRobot robot, String inputs) throws Exception {
        await(() -> seen(robot, "#program-take"));
        write(robot, "#program-inputs", inputs);
        robot.clickOn("#program-take");
    }

    @Test
    void whatItIsGivenIsAskedForAndAMistakeIsToldInPlace(FxRobot robot) throws Exception {
        await(() -> says(robot, "#program-view", "mnist_cnn_scripted.pt is a TorchScript program", "does not say"));
        assertThat(seen(robot, "#program-run")).isFalse();
        given(robot, "float33[1]");
        await(() -> says(robot, "#program-view", "'float33[1]' is no element type"));
        given(robot, "  ");
        await(() -> says(robot, "#program-view", "Write element type and sizes"));
        given(robot, "float32[n,1,28,28]");
        await(() -> journey.project().dims().sizes().containsKey("n"));
        await(() -> says(robot, "#program-view", "Its graph cannot be read from the file"));
        assertThat(robot.lookup("#tool-optimize").queryButton().isDisabled())
                .as("nothing here changes a program")
                .isTrue();
        // The next time it is opened what was said of it is there.
        journey.open(script);
        await(() -> journey.project().dims().sizes().isEmpty());
        await(() -> robot.lookup("#program-inputs")
                .queryTextInputControl()
                .getText()
                .equals("float32[n,1,28,28]"));
    }

    @Test
    void withoutThePackTheWindowSaysSoBeforeTheRunAndAfterItAndOpensTheDialog(FxRobot robot) throws Exception {
        given(robot, "float32[1,1,28,28]");
        await(() -> seen(robot, "#program-lack"));
        assertThat(says(robot, "#program-lack", "PyTorch", "pack pytorch is not added"))
                .isTrue();
        robot.push(KeyCode.F5);
        await(() -> journey.project().run() instanceof RunState.Failed);
        await(() -> says(robot, "#error-pane", "pack pytorch is not added", "lathe packs add pytorch"));
        robot.clickOn("#error-packs");
        await(() -> seen(robot, "#pack-add-pytorch"));
        robot.push(KeyCode.ESCAPE);
        await(() -> !seen(robot, "#packs-view"));
        assertThat(journey.project().isOpen()).isTrue();
    }

    @Test
    void itsOperatorsAreItsLayersOnceItRan(FxRobot robot) throws Exception {
        assumeTrue(Files.isDirectory(packs.resolve("pytorch")), "no PyTorch: ./test gets it");
        Files.createSymbolicLink(used.resolve("pytorch"), packs.resolve("pytorch"));
        given(robot, "float32[n,1,28,28]");
        await(() -> journey.project().dims().sizes().containsKey("n"));
        robot.push(KeyCode.F5);
        await(() -> journey.project().live().count() > 2
                && journey.project()
                        .live()
                        .latest()
                        .filter(s -> !s.layers().isEmpty())
                        .isPresent());
        await(() -> !seen(robot, "#program-view"));
        robot.push(KeyCode.F5);
        await(() -> journey.project().shownRun().isPresent()
                && !journey.project().run().running());
        ProfileRun run = journey.project().shownRun().orElseThrow();
        assertThat(run.plan().target().engine()).isEqualTo("djl-pytorch");
        assertThat(journey.project().shownModel().orElseThrow().graph().nodes())
                .extracting(Node::name)
                .contains("conv2d_4", "linear_2");
        assertThat(run.layers().values())
                .isNotEmpty()
                .allSatisfy(s -> assertThat(s.typical()).isPositive());
        robot.clickOn("#tab-layers");
        await(() -> robot.lookup("conv2d_1").tryQuery().isPresent());
    }
}
