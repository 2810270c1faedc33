package dev.lathe.app;

import static dev.lathe.app.WindowJourney.await;
import static dev.lathe.app.WindowJourney.says;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.app.project.ColourBy;
import dev.lathe.app.project.SourceKind;
import dev.lathe.app.project.TinyModel;
import dev.lathe.cli.Cli;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.graph.target.Placement;
import dev.lathe.graph.target.Stage;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.device.Devices;
import dev.lathe.profile.engine.Availability;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/// What `lathe split` wrote, in the real window with the real services: the whole model with its stages, which Run
/// measures where they are placed.
@ExtendWith(ApplicationExtension.class)
class PlacedInTheWindowTest {
    @TempDir
    private static Path folder;

    private WindowJourney journey;
    private List<String> devices = List.of();

    @Start
    void start(javafx.stage.Stage stage) {
        journey = WindowJourney.begin(stage, folder, WiredServices.services());
    }

    @BeforeEach
    void aPlacedModelIsOpened() throws Exception {
        List<String> groups = Devices.discover().stream()
                .filter(d -> d.availability() instanceof Availability.Ready)
                .map(d -> d.device())
                .filter(d -> d.kind() == DeviceKind.CPU_GROUP)
                .map(Device::id)
                .limit(1)
                .toList();
        devices = List.of("cpu", groups.isEmpty() ? "cpu" : groups.getFirst());
        Path stages = folder.resolve("stages-of-" + System.nanoTime());
        int exit = Cli.run(
                new String[] {
                    "split",
                    TinyModel.file(folder).toString(),
                    "--devices",
                    String.join(",", devices),
                    "--runs",
                    "2",
                    "-o",
                    stages.toString()
                },
                r -> {});
        assertThat(exit).isZero();
        assertThat(Files.exists(stages.resolve("mnist-cnn.placed.json"))).isTrue();
        journey.open(stages.resolve("mnist-cnn.placed.json"));
        await(() -> journey.project().kind() == SourceKind.PLACED);
    }

    @AfterEach
    void close() throws Exception {
        journey.end();
    }

    @Test
    void itsStagesAreShownAndRunMeasuresEachLayerOnItsDevice(FxRobot robot) throws Exception {
        Placement placed = journey.project().placement().orElseThrow();
        assertThat(placed.stages()).extracting(s -> s.device().id()).isEqualTo(devices);
        assertThat(placed.stages())
                .extracting(Stage::nodes)
                .allSatisfy(n -> assertThat(n).isNotEmpty());
        assertThat(placed.stages().stream().mapToInt(s -> s.nodes().size()).sum())
                .isEqualTo(journey.project()
                        .shownModel()
                        .orElseThrow()
                        .graph()
                        .nodes()
                        .size());
        await(() -> says(robot, ".toolbar", "as placed · 2 stages"));
        assertThat(robot.lookup("#tool-optimize").queryButton().isDisabled()).isTrue();
        robot.interact(() -> journey.window()
                .commands()
                .find("colour-by-stage")
                .orElseThrow()
                .run());
        await(() -> journey.project().colourBy() == ColourBy.STAGE);
        robot.push(KeyCode.F5);
        await(() -> journey.project().live().count() > 2
                && journey.project()
                        .live()
                        .latest()
                        .filter(s -> !s.layers().isEmpty())
                        .isPresent());
        robot.push(KeyCode.F5);
        await(() -> journey.project().shownRun().isPresent()
                && !journey.project().run().running());
        ProfileRun run = journey.project().shownRun().orElseThrow();
        assertThat(run.plan().target().engine()).isEqualTo("several");
        assertThat(run.transfers()).as("what one stage hands to the next").isNotEmpty();
        await(() -> says(robot, ".inspector-view", "Copies between devices"));
        robot.clickOn("#tab-layers");
        await(() -> robot.lookup(".layers-table")
                        .queryAs(TableView.class)
                        .getItems()
                        .size()
                > 2);
        List<String> shown =
                robot.lookup(".layers-table").<TableView<dev.lathe.app.layers.LayerRow>>query().getItems().stream()
                        .filter(r -> r.timing().isPresent() && r.head().isPresent())
                        .map(r -> r.devices() + " is "
                                + placed.stageOf(r.head().get())
                                        .orElseThrow()
                                        .device()
                                        .id())
                        .distinct()
                        .toList();
        assertThat(shown)
                .isSubsetOf(devices.stream().map(d -> d + " is " + d).toList())
                .isNotEmpty();
    }
}
