package dev.lathe.app;

import static dev.lathe.app.WindowJourney.await;
import static dev.lathe.app.WindowJourney.says;
import static dev.lathe.app.WindowJourney.seen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.app.project.Project;
import dev.lathe.app.project.RunState;
import dev.lathe.app.project.Services;
import dev.lathe.app.project.TinyModel;
import dev.lathe.app.project.Variant;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.engine.Availability;
import dev.lathe.profile.engine.ort.OrtNatives;
import dev.lathe.profile.pack.KnownPacks;
import dev.lathe.profile.pack.Packs;
import dev.lathe.profile.worker.WorkerLaunch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
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

/// A device that was found is chosen, and its pack was replaced since: the real window, with the real workers, says
/// what is wrong with the pack, keeps all that was measured, and runs again.
@ExtendWith(ApplicationExtension.class)
class WrongPackInTheWindowTest {
    private static final Device CARD =
            new Device("webgpu:0", "Card of the test", DeviceKind.GPU, List.of(), OptionalLong.empty(), List.of());

    @TempDir
    private static Path folder;

    private Path packs = Path.of("");
    private WindowJourney journey;
    private String cpu = "";

    @Start
    void start(Stage stage) throws Exception {
        packs = Files.createTempDirectory(folder, "packs");
        WorkerLaunch plain = WorkerLaunch.ofThisProcess();
        Packs shelf = new Packs(packs, OrtNatives.platform(), OrtNatives.VERSION, KnownPacks.all());
        Services real =
                WiredServices.services(new WorkerLaunch(plain.java(), plain.classPath(), plain.options(), shelf));
        journey = WindowJourney.begin(
                stage,
                folder,
                new Services(
                        real.files(),
                        real.analyst(),
                        real.profiler(),
                        real.compression(),
                        new WithCard(real.machine()),
                        real.reports(),
                        real.roofs(),
                        real.tensors(),
                        real.owned()));
    }

    @BeforeEach
    void aModelIsMeasured() throws Exception {
        journey.open(TinyModel.file(folder));
        await(() -> journey.project().isOpen());
        cpu = journey.project().device().orElseThrow().name();
        measure();
    }

    @AfterEach
    void close() throws Exception {
        journey.end();
    }

    @Test
    void aPackOfAnotherVersionIsToldWithBothVersionsAndNothingIsLost(FxRobot robot) throws Exception {
        ProfileRun before = journey.project().shownRun().orElseThrow();
        choose(robot, CARD.name());
        pack("1.18.0", "whatever");
        robot.push(KeyCode.F5);
        await(() -> journey.project().run() instanceof RunState.Failed);
        await(() -> says(robot, "#error-pane", "1.18.0", OrtNatives.VERSION, "lathe packs add webgpu"));
        keptAll(before);
        robot.clickOn("#error-packs");
        await(() -> says(robot, "#packs-view", "1.18.0", OrtNatives.VERSION));
        assertThat(seen(robot, "#pack-add-webgpu")).as("the remedy is at hand").isTrue();
        robot.push(KeyCode.ESCAPE);
        await(() -> !seen(robot, "#packs-view"));
        runsAgain(robot, before);
    }

    @Test
    void aPackWhoseLibraryIsNoneIsToldAndTheNextRunWorks(FxRobot robot) throws Exception {
        ProfileRun before = journey.project().shownRun().orElseThrow();
        choose(robot, CARD.name());
        pack(OrtNatives.VERSION, "no library at all");
        robot.push(KeyCode.F5);
        await(() -> journey.project().run() instanceof RunState.Failed);
        await(() -> says(robot, "#error-pane", packs.toString()) && seen(robot, "#error-packs"));
        keptAll(before);
        runsAgain(robot, before);
    }

    private void runsAgain(FxRobot robot, ProfileRun before) throws Exception {
        choose(robot, cpu);
        measure();
        await(() -> !seen(robot, "#error-pane"));
        Variant source = journey.project().source().orElseThrow();
        assertThat(source.runs()).hasSize(2);
        assertThat(source.run()).isPresent().get().isNotSameAs(before);
    }

    private void keptAll(ProfileRun before) {
        Project p = journey.project();
        assertThat(p.isOpen()).isTrue();
        assertThat(p.shownRun()).containsSame(before);
        assertThat(p.source().orElseThrow().runs()).hasSize(1);
    }

    private void measure() throws Exception {
        int runs = journey.project().source().orElseThrow().runs().size();
        robotFree(() -> journey.window().workbench().run(5));
        await(() -> !journey.project().run().running()
                && journey.project().source().orElseThrow().runs().size() > runs);
    }

    private static void robotFree(Runnable act) throws Exception {
        org.testfx.util.WaitForAsyncUtils.waitForAsyncFx(10_000, act);
    }

    /// In the list of devices the first whose name begins so.
    private void choose(FxRobot robot, String name) throws Exception {
        robot.clickOn("#device-button");
        await(() -> seen(robot, "#device-list"));
        Node row = robot.lookup("#device-list").queryParent().lookupAll(".button").stream()
                .filter(n -> n.lookupAll(".label").stream()
                        .anyMatch(l -> ((Label) l).getText().startsWith(name)))
                .findFirst()
                .orElseThrow();
        robot.interact(((Button) row)::fire);
        await(() -> journey.project()
                .device()
                .filter(d -> d.name().startsWith(name))
                .isPresent());
    }

    /// A pack whose library is these words.
    private void pack(String version, String library) throws IOException {
        Path pack = Files.createDirectories(packs.resolve("webgpu"));
        String name = System.mapLibraryName("onnxruntime");
        Files.writeString(pack.resolve(name), library);
        Files.writeString(
                pack.resolve("pack.json"), """
                {"format": 1, "id": "webgpu", "title": "WebGPU", "runtimeVersion": "%s", "platform": "%s",
                 "providers": ["webgpu"], "origin": "", "sourceSha256": "",
                 "files": {"%s": {"bytes": %d, "sha256": ""}}}
                """.formatted(version, OrtNatives.platform(), name, library.length()));
    }

    /// This machine as it was when its card's pack was right.
    private record WithCard(Services.Machine real) implements Services.Machine {
        @Override
        public List<Services.MachineDevice> devices() {
            return Stream.concat(
                            real.devices().stream().filter(d -> d.device().kind() == DeviceKind.CPU),
                            Stream.of(
                                    new Services.MachineDevice(CARD, new Availability.Ready("found before"), Map.of())))
                    .toList();
        }

        @Override
        public Services.PackShelf packs() {
            return real.packs();
        }
    }
}
