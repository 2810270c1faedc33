package dev.lathe.app.panes;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.theme.PrimerDark;
import dev.lathe.app.compare.CompareView;
import dev.lathe.app.compare.CompareViewModel;
import dev.lathe.app.fixture.EncoderFixture;
import dev.lathe.app.fixture.EvenCuts;
import dev.lathe.app.fixture.KeptSplit;
import dev.lathe.app.fixture.VariantsFixture;
import dev.lathe.app.graph.ScopeTree;
import dev.lathe.app.graph.ScopeTrees;
import dev.lathe.app.inspector.InspectorView;
import dev.lathe.app.layers.ColumnMemory;
import dev.lathe.app.layers.LayerRow;
import dev.lathe.app.layers.LayersView;
import dev.lathe.app.live.LiveView;
import dev.lathe.app.outline.OutlineRow;
import dev.lathe.app.outline.OutlineView;
import dev.lathe.app.parts.FrameQueue;
import dev.lathe.app.project.Action;
import dev.lathe.app.project.Attempt;
import dev.lathe.app.project.ColourBy;
import dev.lathe.app.project.Selection;
import dev.lathe.app.project.Store;
import dev.lathe.app.project.VariantId;
import dev.lathe.app.split.DeviceChoice;
import dev.lathe.app.split.DevicesView;
import dev.lathe.app.split.ScheduleView;
import dev.lathe.app.split.SplitViewModel;
import dev.lathe.app.ui.Palette;
import dev.lathe.core.Jobs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.ListView;
import javafx.scene.control.Slider;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/// The panes as people use them, on JavaFX's headless platform: one store, real views, a mouse and keys.
@ExtendWith(ApplicationExtension.class)
class PanesOnScreenTest {
    private final EncoderFixture encoder = new EncoderFixture();
    private final Jobs jobs = new Jobs();
    private final SimpleObjectProperty<Palette> palette = new SimpleObjectProperty<>(Palette.DARK);
    private final BorderPane root = new BorderPane();
    private final AtomicReference<String> columns = new AtomicReference<>();
    private Store store;
    private PaneFeed feed;

    @Start
    void start(Stage stage) {
        Application.setUserAgentStylesheet(new PrimerDark().getUserAgentStylesheet());
        store = new Store(Platform::runLater);
        feed = new PaneFeed(
                store, jobs, Platform::runLater, new FrameQueue(), new ScopeTrees(), java.util.Optional::empty);
        root.setStyle("-lathe-strong: #f0f6fc; -lathe-rule: #21262d;");
        Scene scene = new Scene(root, 980, 600);
        scene.getStylesheets()
                .add(PanesOnScreenTest.class
                        .getResource("/dev/lathe/app/panes.css")
                        .toExternalForm());
        stage.setScene(scene);
        stage.show();
    }

    @AfterEach
    void close() {
        jobs.close();
    }

    private void show(Parent pane, Node... above) {
        Platform.runLater(() -> {
            root.setCenter(pane);
            root.setTop(new VBox(above));
        });
        WaitForAsyncUtils.waitForFxEvents();
    }

    private <T> T onFx(java.util.concurrent.Callable<T> call) {
        return WaitForAsyncUtils.waitForAsyncFx(10_000, call);
    }

    private void open() throws TimeoutException {
        Path file = Path.of("encoder.onnx");
        store.dispatch(new Action.OpenModel(Attempt.NONE, file));
        store.dispatch(new Action.ModelOpened(Attempt.NONE, file, encoder.analysis(), Set.of(), 42));
        WaitForAsyncUtils.waitFor(
                20,
                TimeUnit.SECONDS,
                () -> onFx(() -> feed.outline().state().get().hasModel()));
    }

    private void measure() {
        store.dispatch(new Action.MeasurementArrived(
                new Attempt(1), VariantId.SOURCE, encoder.analysis().model(), encoder.run(1)));
        store.dispatch(new Action.SetColourBy(ColourBy.TIME));
        WaitForAsyncUtils.waitForFxEvents();
    }

    @Test
    void aClickOnALayerInTheTableSelectsItAndTheFilterNarrowsTheRows(FxRobot robot) throws TimeoutException {
        LayersView layers = onFx(() -> new LayersView(feed.layers(), palette, ColumnMemory.none()));
        show(layers, onFx(layers::tools));
        open();
        measure();
        robot.clickOn("#layers-filter").write("softmax");
        TableView<LayerRow> table = robot.lookup(".layers-table").query();
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(table.getItems()).hasSize(6);
        robot.clickOn(robot.lookup((Node n) -> n instanceof javafx.scene.control.TableCell<?, ?> c
                        && "encoder.layer.3.Softmax".equals(c.getText()))
                .<Node>query());
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(store.state().selection().asNode()).isPresent();
        robot.clickOn("#layers-filter").push(KeyCode.ESCAPE);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(table.getItems().size()).isGreaterThan(60);
        assertThat(table.getSelectionModel().getSelectedItem().layer()).isEqualTo("encoder.layer.3.Softmax");
    }

    @Test
    void theCsvHasTheRowsAsTheyAreSortedOnTheScreen(@TempDir Path folder) throws Exception {
        LayersView layers = onFx(() -> new LayersView(feed.layers(), palette, ColumnMemory.none()));
        show(layers);
        open();
        measure();
        Path file = folder.resolve("layers.csv");
        onFx(() -> {
            layers.exportCsv(file);
            return true;
        });
        List<String> lines = Files.readAllLines(file);
        double first = Double.parseDouble(lines.get(1).split(",")[4]);
        double second = Double.parseDouble(lines.get(2).split(",")[4]);
        assertThat(first).isGreaterThanOrEqualTo(second).isPositive();
    }

    @Test
    void columnsAreRememberedAsTheyWereLeft(FxRobot robot) throws TimeoutException {
        ColumnMemory memory = new ColumnMemory(() -> Optional.ofNullable(columns.get()), columns::set);
        show(onFx(() -> new LayersView(feed.layers(), palette, memory)));
        open();
        TableView<LayerRow> table = robot.lookup(".layers-table").query();
        onFx(() -> {
            table.getColumns().get(3).setVisible(false);
            table.getColumns().stream().filter(c -> "arena".equals(c.getId())).forEach(c -> c.setVisible(true));
            table.getColumns().add(0, table.getColumns().remove(4));
            return true;
        });
        List<String> hidden = onFx(() -> hidden(table));
        assertThat(hidden).contains("output").doesNotContain("arena");
        List<String> order =
                onFx(() -> table.getColumns().stream().map(c -> c.getId()).toList());
        show(onFx(() -> new LayersView(feed.layers(), palette, memory)));
        TableView<LayerRow> again = robot.lookup(".layers-table").query();
        assertThat(again).isNotSameAs(table);
        assertThat(again.getColumns()).extracting(c -> c.getId()).containsExactlyElementsOf(order);
        assertThat(hidden(again)).containsExactlyElementsOf(hidden);
    }

    private static List<String> hidden(TableView<LayerRow> table) {
        return table.getColumns().stream()
                .filter(c -> !c.isVisible())
                .map(c -> c.getId())
                .toList();
    }

    @Test
    void theOutlineOpensWithTheKeysAndSelectsWhatIsPicked(FxRobot robot) throws TimeoutException {
        show(onFx(() -> new OutlineView(feed.outline(), palette)));
        open();
        measure();
        robot.clickOn(robot.lookup(
                        (Node n) -> n instanceof javafx.scene.control.Label l && "encoder.layer.2".equals(l.getText()))
                .<Node>query());
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(store.state().selection()).isInstanceOf(Selection.OfScope.class);
        ListView<OutlineRow> list = robot.lookup("#outline").query();
        int before = list.getItems().size();
        robot.push(KeyCode.RIGHT);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(list.getItems().size()).isGreaterThan(before);
        robot.push(KeyCode.LEFT);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(list.getItems()).hasSize(before);
    }

    @Test
    void theInspectorFollowsTheSelectionAndShowsTheWeights(FxRobot robot) throws TimeoutException {
        show(onFx(() -> new InspectorView(feed.inspector(), palette, Runnable::run)));
        open();
        measure();
        store.dispatch(new Action.Select(Selection.node(
                encoder.node("/encoder/layer.2/intermediate/dense/MatMul").id())));
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> hasLabel(robot, text -> text.startsWith("σ 0.04")));
        assertThat(hasLabel(robot, "384×1536"::equals)).isTrue();
    }

    /// Looked for on the window's thread: sections come and go on it.
    private boolean hasLabel(FxRobot robot, java.util.function.Predicate<String> text) {
        return onFx(() -> robot.lookup((Node n) -> n instanceof javafx.scene.control.Label l && text.test(l.getText()))
                .tryQuery()
                .isPresent());
    }

    @Test
    void theLiveChartsDrawWhatComesAndStandStillWhilePaused(FxRobot robot) throws TimeoutException {
        LiveView live = onFx(() -> new LiveView(feed.live(), palette, "DejaVu Sans"));
        show(live, onFx(live::tools));
        open();
        assertThat(robot.lookup(".empty-title").<Node>queryAll()).anyMatch(Node::isVisible);
        store.dispatch(new Action.StartRun(new Attempt(1), VariantId.SOURCE));
        for (int i = 0; i < 40; i++) {
            store.dispatch(new Action.SampleArrived(new Attempt(1), encoder.sample(i * 0.25, Map.of())));
        }
        WaitForAsyncUtils.waitFor(
                10, TimeUnit.SECONDS, () -> figures(robot).getFirst().startsWith("19"));
        robot.clickOn("#live-pause");
        List<String> held = figures(robot);
        for (int i = 40; i < 400; i++) {
            store.dispatch(new Action.SampleArrived(new Attempt(1), encoder.sample(i * 0.25, Map.of())));
        }
        onFx(() -> {
            palette.set(Palette.LIGHT);
            return true;
        });
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(figures(robot)).isEqualTo(held);
    }

    private List<String> figures(FxRobot robot) {
        return onFx(() -> robot.lookup(".chart-figure").queryAll().stream()
                .map(n -> ((javafx.scene.control.Label) n).getText())
                .toList());
    }

    @Test
    void twoVariantsStandSideBySide(FxRobot robot) {
        CompareViewModel model = new CompareViewModel(n -> {});
        CompareView compare = onFx(() -> new CompareView(
                model,
                new dev.lathe.app.compare.RunsViewModel(jobs, Platform::runLater, (v, n) -> {}),
                palette,
                "DejaVu Sans"));
        show(compare, onFx(compare::tools));
        assertThat(robot.lookup(".empty-title").<Node>queryAll()).anyMatch(Node::isVisible);
        onFx(() -> {
            model.show(VariantsFixture.project(encoder), Optional.of(ScopeTree.of(encoder.graph())));
            return true;
        });
        WaitForAsyncUtils.waitForFxEvents();
        TableView<?> table = robot.lookup("#compare-table").query();
        assertThat(table.getItems().size()).isGreaterThan(60);
        assertThat(robot.lookup(".compare-figure").<Node>queryAll())
                .extracting(n -> ((javafx.scene.control.Label) n).getText())
                .contains("22.9 MB", "÷ 3.9", "0.983");
    }

    @Test
    void choosingDevicesMakesAPlanAndTheArrowKeysMoveTheBorder(FxRobot robot) {
        SplitViewModel split = new KeptSplit().model();
        onFx(() -> {
            split.showDevices(List.of(
                    new DeviceChoice(EncoderFixture.core(0), Optional.empty()),
                    new DeviceChoice(EncoderFixture.core(1), Optional.empty())));
            split.showCuts(
                    true,
                    Optional.of(new EvenCuts(6, 22, Duration.ofMillis(3), 196_608)),
                    false,
                    OptionalDouble.of(50));
            return true;
        });
        ScheduleView schedule = onFx(() -> new ScheduleView(split, palette, "DejaVu Sans"));
        DevicesView devices = onFx(() -> new DevicesView(split, palette, () -> {}, folder -> {}));
        Platform.runLater(() -> {
            devices.setPrefWidth(320);
            root.setRight(devices);
        });
        show(schedule);
        robot.clickOn("#device-cpu-0").clickOn("#device-cpu-1");
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(robot.lookup(".stat-figure").<Node>queryAll())
                .extracting(n -> ((javafx.scene.control.Label) n).getText())
                .contains("~111", "192 KiB");
        robot.clickOn("#border-0");
        Slider slider = robot.lookup("#border-0").query();
        int before = split.plan().get().borders().getFirst().cut();
        onFx(() -> {
            slider.requestFocus();
            return true;
        });
        robot.push(KeyCode.RIGHT);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(split.plan().get().borders().getFirst().cut()).isEqualTo(before + 1);
        robot.clickOn("#split-undo");
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(split.plan().get().borders().getFirst().cut()).isEqualTo(before);
    }
}
