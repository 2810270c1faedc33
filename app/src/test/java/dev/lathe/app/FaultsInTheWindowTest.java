package dev.lathe.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.app.project.Opening;
import dev.lathe.app.project.Project;
import dev.lathe.app.project.RunState;
import dev.lathe.app.project.Services;
import dev.lathe.app.project.TinyModel;
import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.Jobs;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Model;
import dev.lathe.graph.io.WeightPlacement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/// What the real window, with the real services, says about files and workers that something is wrong with: in place,
/// naming the place, and without losing what is open.
@ExtendWith(ApplicationExtension.class)
class FaultsInTheWindowTest {
    private static final int PATIENCE_SECONDS = 60;

    @TempDir
    private static Path folder;

    private final FaultyFiles faulty = new FaultyFiles(folder);
    private final CountDownLatch disk = new CountDownLatch(1);
    private LatheWindow window;

    @Start
    void start(Stage stage) {
        Services real = WiredServices.services();
        window = Wiring.window(
                folder,
                new Jobs(),
                new Services(
                        new FullDisk(real.files(), disk),
                        real.analyst(),
                        real.profiler(),
                        real.compression(),
                        real.machine(),
                        real.reports(),
                        real.roofs(),
                        real.tensors(),
                        real.owned()));
        stage.setScene(window.scene());
        stage.setX(0);
        stage.setY(0);
        stage.setWidth(980);
        stage.setHeight(900);
        stage.show();
        window.begin();
    }

    @BeforeEach
    void aModelIsOpen() throws Exception {
        await(() -> project().device().isPresent());
        open(TinyModel.file(folder));
        await(() -> project().isOpen() && project().opening() instanceof Opening.Opened);
    }

    @AfterEach
    void close() throws Exception {
        WaitForAsyncUtils.waitForAsyncFx(10_000, () -> window.end());
        FxToolkit.cleanupStages();
    }

    @Test
    void eachBadFileIsExplainedWithItsPlaceAndTheOpenModelStays(FxRobot robot) throws Exception {
        refused(robot, faulty.empty(), "empty");
        refused(robot, faulty.text(), "text");
        refused(robot, faulty.half(), "cut off at byte");
        refused(robot, faulty.external("nowhere.bin"), "nowhere.bin");
        refused(robot, faulty.external("../secret.bin"), "../secret.bin");
        refused(robot, faulty.external("/etc/passwd"), "/etc/passwd");
        refused(robot, faulty.cycle(), "cycle");
        refused(robot, folder.resolve("gone.onnx"), "gone.onnx");
    }

    @Test
    void anUnknownOperatorIsShownWithoutACostAndOnlyTheRunFails(FxRobot robot) throws Exception {
        open(faulty.unknownOperator());
        await(() -> project().opening() instanceof Opening.Opened(Path file) && file.endsWith("unknown.onnx"));
        assertThat(project().shownModel().orElseThrow().graph().nodes()).hasSize(2);
        await(() -> words(robot, "#status-bar").anyMatch(t -> t.contains("—")));
        robot.push(KeyCode.F5);
        await(() -> project().run() instanceof RunState.Failed);
        await(() -> words(robot, "#error-pane").anyMatch(t -> t.contains("Frobnicate")));
        assertThat(project().isOpen()).isTrue();
    }

    @Test
    void aTensorWithLessContentThanItsShapeNeedsIsOpenedAndTheRunThatFailsNamesIt(FxRobot robot) throws Exception {
        Path file = faulty.shortTensor();
        open(file);
        await(() -> project().opening() instanceof Opening.Opened(Path opened) && opened.equals(file));
        robot.push(KeyCode.F5);
        await(() -> project().run() instanceof RunState.Failed);
        await(() -> words(robot, "#error-pane").anyMatch(t -> t.contains("'w'")));
        assertThat(project().isOpen()).isTrue();
    }

    @Test
    void aWorkerKilledInTheMiddleOfARunIsToldAndRunWorksAgain(FxRobot robot) throws Exception {
        robot.push(KeyCode.F5);
        await(() -> project().live().count() > 1);
        List<ProcessHandle> workers = workers();
        assertThat(workers).isNotEmpty();
        workers.forEach(ProcessHandle::destroyForcibly);
        await(() -> project().run() instanceof RunState.Failed);
        await(() -> words(robot, "#error-pane").anyMatch(t -> t.contains("worker")));
        robot.push(KeyCode.F5);
        await(() -> project().run().running() && project().live().count() > 1);
        assertThat(robot.lookup("#error-pane").tryQuery()).isEmpty();
        robot.push(KeyCode.ESCAPE);
        await(() -> !project().run().running());
    }

    @ParameterizedTest
    @EnabledOnOs({OS.LINUX, OS.MAC})
    @CsvSource({"STOP,was stopped (SIGSTOP", "SEGV,crashed", "TERM,told to end (SIGTERM)"})
    void aWorkerThatIsStoppedCrashesOrIsEndedIsToldAndRunWorksAgain(String signal, String word, FxRobot robot)
            throws Exception {
        robot.push(KeyCode.F5);
        await(() -> project().live().latest().filter(s -> s.soFar().runs() > 20).isPresent());
        for (ProcessHandle worker : workers()) {
            assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(worker.pid()))
                            .start()
                            .waitFor())
                    .isZero();
        }
        await(() -> project().run() instanceof RunState.Failed);
        assertThat(words(robot, "#error-pane")).anyMatch(t -> t.contains(word));
        assertThat(project().shownRun()).as("what was measured before").isPresent();
        robot.push(KeyCode.F5);
        await(() -> project().run().running() && project().live().count() > 1);
        robot.push(KeyCode.ESCAPE);
        await(() -> !project().run().running());
        await(() -> workers().isEmpty());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatAWorkerPrintsDoesNotDisturbItsRun(FxRobot robot) throws Exception {
        robot.push(KeyCode.F5);
        await(() -> project().live().count() > 1);
        long before = project().live().count();
        byte[] garbage = new byte[1 << 16];
        new Random(5).nextBytes(garbage);
        for (ProcessHandle worker : workers()) {
            for (String stream : List.of("1", "2")) {
                Path out = Path.of("/proc", Long.toString(worker.pid()), "fd", stream);
                // Its own pipe or file: what the native code of an engine prints goes there too.
                if (Files.exists(out)) {
                    Files.write(out, garbage, StandardOpenOption.WRITE);
                }
            }
        }
        await(() -> project().live().count() > before + 3);
        assertThat(project().run().running()).isTrue();
        robot.push(KeyCode.ESCAPE);
        await(() -> !project().run().running());
        assertThat(project().run()).isNotInstanceOf(RunState.Failed.class);
    }

    private static List<ProcessHandle> workers() {
        try (Stream<ProcessHandle> all = ProcessHandle.current().children()) {
            return all.toList();
        }
    }

    @Test
    void aFullDiskFailsTheExportAndTheOldFileIsAsItWas(FxRobot robot) throws Exception {
        Path target = Files.writeString(folder.resolve("out.onnx"), "what was there");
        robot.interact(
                () -> window.workbench().exportModel(project().shown().orElseThrow(), target, WeightPlacement.keep()));
        await(() -> window.jobs().rows().stream()
                .anyMatch(r -> r.open() && r.title().contains("out.onnx")));
        disk.countDown();
        await(() -> words(robot, ".toast").anyMatch(t -> t.contains("out.onnx") && t.contains("space")));
        assertThat(target).hasContent("what was there");
        assertThat(project().isOpen()).isTrue();
    }

    @Test
    void escapeCancelsWhatWorksInTheBackground(FxRobot robot) throws Exception {
        robot.interact(() -> window.workbench()
                .exportModel(project().shown().orElseThrow(), folder.resolve("never.onnx"), WeightPlacement.keep()));
        await(() -> window.jobs().anyOpen());
        robot.push(KeyCode.ESCAPE);
        await(() -> window.jobs().rows().stream()
                .anyMatch(r -> r.title().contains("never.onnx") && r.step().startsWith("cancelled")));
        assertThat(folder.resolve("never.onnx")).doesNotExist();
    }

    private void refused(FxRobot robot, Path file, String word) throws Exception {
        open(file);
        await(() -> project().opening() instanceof Opening.Failed(Path failed, var why) && failed.equals(file));
        await(() -> words(robot, "#error-pane").anyMatch(t -> t.contains(String.valueOf(file.getFileName()))));
        assertThat(words(robot, "#error-pane")).anyMatch(t -> t.contains(word));
        assertThat(project().shownModel().orElseThrow().graph().nodes().size()).isGreaterThan(3);
    }

    private void open(Path file) throws TimeoutException {
        WaitForAsyncUtils.waitForAsyncFx(10_000, () -> {
            var unused = window.workbench().open(file);
        });
    }

    private Project project() {
        return window.workbench().store().state();
    }

    private static Stream<String> words(FxRobot robot, String query) {
        return robot.lookup(query).queryAll().stream()
                .flatMap(n -> n.lookupAll(".label").stream())
                .map(n -> ((Labeled) n).getText());
    }

    private static void await(Callable<Boolean> condition) throws TimeoutException {
        WaitForAsyncUtils.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS, condition);
        WaitForAsyncUtils.waitForFxEvents();
    }

    /// Exports wait for `told` and then find no space.
    private record FullDisk(Services.ModelFiles real, CountDownLatch told) implements Services.ModelFiles {
        @Override
        public Model open(Path file, JobContext context) throws LatheException {
            return real.open(file, context);
        }

        @Override
        public void export(Model model, Path target, JobContext context) throws LatheException {
            throw full(target, context);
        }

        @Override
        public void save(Model model, Path opened, Path target, WeightPlacement weights, JobContext context)
                throws LatheException {
            throw full(target, context);
        }

        private LatheException full(Path target, JobContext context) {
            try {
                while (!told.await(20, TimeUnit.MILLISECONDS)) {
                    context.checkCancelled();
                }
            } catch (InterruptedException e) {
                context.checkCancelled();
            }
            return new LatheException(
                    Diagnostic.error("disk-full", "There is no space left on the disk.", Place.file(target)));
        }

        @Override
        public List<String> extensions() {
            return real.extensions();
        }
    }
}
