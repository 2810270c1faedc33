package dev.lathe.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.app.fixture.EncoderFixture;
import dev.lathe.app.fixture.VariantsFixture;
import dev.lathe.app.project.Action;
import dev.lathe.app.project.ColourBy;
import dev.lathe.app.project.FakeServices;
import dev.lathe.app.project.Selection;
import dev.lathe.core.Jobs;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.PickResult;
import javafx.scene.layout.Pane;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/// That texts are whole in a window of common size; and that in a small one names may be cut, but are told whole on the
/// pointer, and numbers are not.
@ExtendWith(ApplicationExtension.class)
class CutTextsTest {
    private static final int PATIENCE_SECONDS = 60;
    private static final Pattern NUMBER = Pattern.compile("^[~−+<÷×&]? ?\\d[\\d\\u2009., ×]*( ?[^\\d]{0,8})?$");

    @TempDir
    private static Path folder;

    private final EncoderFixture encoder = new EncoderFixture();
    private LatheWindow window;
    private Parent root;

    /// The headless platform's screen is smaller than a common window: the window's root lies in a larger frame.
    @Start
    void start(Stage stage) {
        window = Wiring.window(folder, new Jobs(), new FakeServices().services());
        root = window.scene().getRoot();
        Pane holder = new Pane();
        holder.getStyleClass().addAll(root.getStyleClass());
        window.scene().setRoot(holder);
        holder.getChildren().add(root);
        root.setManaged(false);
        root.resizeRelocate(0, 0, 1600, 1000);
        stage.setScene(window.scene());
        stage.setWidth(600);
        stage.setHeight(400);
        stage.show();
        window.begin();
    }

    @BeforeEach
    void variantsAreMeasured(FxRobot robot) throws Exception {
        await(() -> window.workbench().store().state().device().isPresent());
        robot.interact(() -> VariantsFixture.tell(window.workbench().store(), encoder));
        await(() -> robot.lookup(".outline-amount").tryQuery().isPresent());
    }

    @AfterEach
    void close() throws Exception {
        WaitForAsyncUtils.waitForAsyncFx(10_000, () -> window.end());
        FxToolkit.cleanupStages();
    }

    @Test
    void theComparisonAndTheTabsAboveIt(FxRobot robot) throws Exception {
        for (double[] size : new double[][] {{1600, 1000}, {1100, 700}}) {
            resize(robot, size[0], size[1]);
            for (String tab : List.of("compare", "findings", "layers", "roofline", "schedule", "jobs", "live")) {
                robot.interact(() -> window.tabs().choose(tab));
                check(robot, tab, size[0] >= 1600);
            }
        }
    }

    @Test
    void theOutlineBesideItsScrollBar(FxRobot robot) throws Exception {
        robot.interact(() -> window.workbench().store().dispatch(new Action.SetColourBy(ColourBy.FLOPS)));
        for (double[] size : new double[][] {{1600, 1000}, {1100, 700}}) {
            resize(robot, size[0], size[1]);
            robot.interact(() -> window.workbench()
                    .store()
                    .dispatch(
                            new Action.Select(Selection.node(encoder.node("/encoder/layer.2/intermediate/dense/MatMul")
                                    .id()))));
            WaitForAsyncUtils.waitForFxEvents(20);
            assertThat(robot.lookup("#outline .scroll-bar:vertical").query().isVisible())
                    .isTrue();
            check(robot, "outline", size[0] >= 1600);
        }
    }

    @Test
    void theInspectorOfTheModelOfABlockAndOfALayer(FxRobot robot) throws Exception {
        for (double[] size : new double[][] {{1600, 1000}, {1100, 700}}) {
            resize(robot, size[0], size[1]);
            for (Selection s : List.of(
                    Selection.NONE,
                    new Selection.OfScope("encoder/layer.2"),
                    Selection.node(encoder.node("/encoder/layer.2/intermediate/dense/MatMul")
                            .id()))) {
                robot.interact(() -> window.workbench().store().dispatch(new Action.Select(s)));
                WaitForAsyncUtils.waitForFxEvents(20);
                check(robot, s.toString(), size[0] >= 1600);
            }
        }
    }

    @Test
    void theFormsOfTheToolbar(FxRobot robot) throws Exception {
        for (double[] size : new double[][] {{1600, 1000}, {1100, 700}}) {
            resize(robot, size[0], size[1]);
            for (String command : List.of("optimize", "export", "keys", "settings", "device")) {
                robot.interact(
                        () -> window.commands().find(command).orElseThrow().run());
                WaitForAsyncUtils.waitForFxEvents(20);
                if (command.equals("optimize")) {
                    robot.interact(() ->
                            robot.lookup("#choose-fp16").queryAs(CheckBox.class).setSelected(true));
                }
                check(robot, command, size[0] >= 1600);
            }
        }
    }

    private void check(FxRobot robot, String what, boolean large) {
        WaitForAsyncUtils.waitForFxEvents(20);
        List<Labeled> cut =
                robot.lookup(n -> n instanceof Labeled l && l.isTextTruncated() && seen(l)).<Labeled>queryAll().stream()
                        .toList();
        List<String> texts = cut.stream()
                .filter(l -> !givenByTheModel(l))
                .map(l -> l.getText() + " (" + l.getStyleClass() + " in " + l.getParent() + ")")
                .toList();
        if (large) {
            assertThat(texts).as(what + " in a large window").isEmpty();
        }
        assertThat(cut.stream()
                        .map(Labeled::getText)
                        .filter(t -> NUMBER.matcher(t).matches()))
                .as("numbers in " + what)
                .isEmpty();
        for (Labeled l : cut) {
            robot.interact(() -> Event.fireEvent(l, entered(l)));
            assertThat(told(l)).as("tooltip of " + l + " in " + what).contains(l.getText());
        }
    }

    /// Names of layers deep in the tree and of kernels are as long as the model's author and the engine like.
    private static boolean givenByTheModel(Labeled l) {
        return l.getText().startsWith("kernel_")
                || l.getStyleClass().contains("outline-name") && !l.getText().startsWith("encoder.");
    }

    private static boolean seen(Node node) {
        for (Node n = node; n != null; n = n.getParent()) {
            if (!n.isVisible()) {
                return false;
            }
        }
        return true;
    }

    private static String told(Node node) {
        for (Node n = node; n != null; n = n.getParent()) {
            if (n instanceof javafx.scene.control.Control c && c.getTooltip() instanceof Tooltip t) {
                return t.getText();
            }
        }
        return "";
    }

    private static MouseEvent entered(Node target) {
        return new MouseEvent(
                MouseEvent.MOUSE_ENTERED_TARGET,
                1,
                1,
                1,
                1,
                javafx.scene.input.MouseButton.NONE,
                0,
                false,
                false,
                false,
                false,
                false,
                false,
                false,
                true,
                false,
                false,
                new PickResult(target, 1, 1));
    }

    private void resize(FxRobot robot, double width, double height) {
        robot.interact(() -> root.resizeRelocate(0, 0, width, height));
        WaitForAsyncUtils.waitForFxEvents(20);
    }

    private static void await(Callable<Boolean> condition) throws TimeoutException {
        WaitForAsyncUtils.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS, condition);
        WaitForAsyncUtils.waitForFxEvents(20);
    }
}
