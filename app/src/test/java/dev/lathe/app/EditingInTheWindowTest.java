package dev.lathe.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.app.graph.BoxOnScreen;
import dev.lathe.app.project.Action;
import dev.lathe.app.project.Opening;
import dev.lathe.app.project.Project;
import dev.lathe.app.project.Selection;
import dev.lathe.app.project.TinyModel;
import dev.lathe.app.project.Variant;
import dev.lathe.app.project.VariantId;
import dev.lathe.core.Jobs;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.text.GraphText;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.geometry.Point2D;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
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

/// A sample is edited by hand in the real window, with the real passes.
@ExtendWith(ApplicationExtension.class)
class EditingInTheWindowTest {
    private static final int PATIENCE_SECONDS = 60;

    @TempDir
    private static Path folder;

    private LatheWindow window;

    @Start
    void start(Stage stage) {
        window = Wiring.window(folder, new Jobs(), WiredServices.services());
        stage.setScene(window.scene());
        stage.setX(0);
        stage.setY(0);
        stage.setWidth(980);
        stage.setHeight(900);
        stage.show();
        window.begin();
    }

    @BeforeEach
    void aSampleIsOpen() throws Exception {
        WaitForAsyncUtils.waitForAsyncFx(10_000, () -> {
            var unused = window.workbench().open(TinyModel.file(folder));
        });
        await(() -> project().isOpen() && project().opening() instanceof Opening.Opened);
        await(() -> window.graph().tree().isPresent() && window.frames().isEmpty());
    }

    @AfterEach
    void close() throws Exception {
        WaitForAsyncUtils.waitForAsyncFx(10_000, () -> window.end());
        FxToolkit.cleanupStages();
    }

    @Test
    void aLayerIsRenamedRemovedAndBroughtBack(FxRobot robot) throws Exception {
        Node add = named("/Add");
        int before = graph().nodes().size();
        rightClickOn(robot, add);
        robot.clickOn("Rename…");
        await(() -> text(robot).startsWith("rename node "));
        assertThat(statement(robot).getSelectedText()).isEqualTo(add.shownName());
        assertThat(apply(robot).isDisabled()).as("nothing was typed").isTrue();
        robot.write("squash");
        press(robot);
        await(() -> project().selected().equals(new VariantId(1)));
        assertThat(shown().name()).isEqualTo("Edited");
        assertThat(names()).contains("squash");
        assertThat(project().selection().asNode()).as("it is followed").contains(add.id());
        await(() -> labels(robot, ".outline-cell").stream().anyMatch(t -> t.contains("squash")));

        await(() -> window.graph().tree().isPresent());
        rightClickOn(robot, named("squash"));
        robot.clickOn("Remove");
        await(() -> text(robot).equals("remove squash"));
        press(robot);
        await(() -> shown().ready().isPresent() && graph().nodes().size() == before - 1);
        assertThat(project().variants()).as("it went into the edited variant").hasSize(2);
        assertThat(names()).doesNotContain("squash");

        robot.push(KeyCode.CONTROL, KeyCode.Z);
        await(() -> graph().nodes().size() == before);
        assertThat(names()).contains("squash");
        assertThat(robot.lookup("#tool-redo").queryAs(Button.class).getTooltip().getText())
                .isEqualTo("Redo “remove squash”");
        robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.Z);
        await(() -> graph().nodes().size() == before - 1);
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        await(() -> project().variants().size() == 1);
        assertThat(names()).contains(add.shownName());
    }

    @Test
    void aStatementThatIsWrongIsExplainedInPlaceAndChangesNothing(FxRobot robot) throws Exception {
        Project before = project();
        robot.interact(() -> robot.lookup("#graph-canvas").query().requestFocus());
        robot.push(KeyCode.F2);
        await(() -> robot.lookup("#edit-statement").tryQuery().isPresent());
        write(robot, "remove");
        await(() -> status(robot).contains("expected a name"));
        assertThat(apply(robot).isDisabled()).isTrue();
        write(robot, "remove nothing-of-that-name");
        await(() -> status(robot).equals("the model has no node 'nothing-of-that-name'."));
        assertThat(apply(robot).isDisabled()).isTrue();
        robot.push(KeyCode.CONTROL, KeyCode.ENTER);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(project().variants()).isEqualTo(before.variants());
        Node conv = first("Conv");
        write(robot, "set \"" + conv.shownName() + "\" group = 7");
        await(() -> status(robot).contains("would make the model invalid"));
        robot.push(KeyCode.ESCAPE);
        await(() -> robot.lookup("#edit-form").tryQuery().isEmpty());
        assertThat(project().variants()).isEqualTo(before.variants());
    }

    @Test
    void ctrlEnterAppliesAsSoonAsTheModelIsKnownToStayValid(FxRobot robot) throws Exception {
        Node conv = first("Conv");
        robot.interact(() -> window.workbench().store().dispatch(new Action.Select(Selection.value(conv.output(0)))));
        robot.clickOn("#inspector-edit");
        await(() -> text(robot).startsWith("rename tensor "));
        robot.write("features");
        robot.push(KeyCode.CONTROL, KeyCode.ENTER);
        await(() -> project().selected().equals(new VariantId(1)));
        assertThat(graph().nameOf(conv.output(0))).isEqualTo("features");
        assertThat(project().selection()).isEqualTo(Selection.value(conv.output(0)));
    }

    private void rightClickOn(FxRobot robot, Node layer) throws TimeoutException {
        robot.interact(() -> {
            window.graph().reveal(Selection.node(layer.id()));
            window.graph().fitSelection();
        });
        await(() -> BoxOnScreen.of(window.scene(), layer.id()).isPresent());
        Point2D at = BoxOnScreen.of(window.scene(), layer.id()).orElseThrow();
        robot.clickOn(at, MouseButton.SECONDARY);
        await(() -> robot.lookup("Remove").tryQuery().isPresent());
        assertThat(project().selection().asNode()).contains(layer.id());
    }

    private void press(FxRobot robot) throws TimeoutException {
        await(() -> status(robot).startsWith("The model stays valid"));
        robot.clickOn("#edit-apply");
        await(() -> robot.lookup("#edit-form").tryQuery().isEmpty());
    }

    private static void write(FxRobot robot, String text) {
        robot.interact(() -> statement(robot).setText(text));
    }

    @Test
    void statementsInTheFormOfPassesAreExplainedInPlaceToo(FxRobot robot) throws Exception {
        robot.push(KeyCode.CONTROL, KeyCode.D);
        await(() -> robot.lookup("#choose-edit").tryQuery().isPresent());
        robot.interact(() -> choose(robot, "edit").setSelected(true));
        await(() -> robot.lookup("#option-script").tryQuery().isPresent());
        TextArea script = robot.lookup("#option-script").queryAs(TextArea.class);
        Labeled status = robot.lookup("#status-of-option-script").queryAs(Labeled.class);
        Button add = robot.lookup("#add-variant").queryAs(Button.class);

        robot.interact(() -> script.setText("remove"));
        assertThat(status.getText()).contains("expected a name");
        assertThat(add.isDisabled()).isTrue();
        robot.interact(() -> script.setText("remove nothing-of-that-name"));
        await(() -> status.getText().equals("the model has no node 'nothing-of-that-name'."));
        assertThat(add.isDisabled()).isTrue();
        robot.interact(() -> choose(robot, "simplify").setSelected(true));
        assertThat(status.getText()).as("it may have one then").contains("after the passes above");
        assertThat(add.isDisabled()).isFalse();
        robot.interact(() -> {
            choose(robot, "simplify").setSelected(false);
            script.setText("rename node " + GraphText.name(first("Conv").shownName()) + " to stem");
        });
        await(() -> status.getText().equals("The model stays valid."));
        assertThat(add.isDisabled()).isFalse();
        robot.push(KeyCode.ESCAPE);
        await(() -> robot.lookup("#optimize-form").tryQuery().isEmpty());
    }

    private static CheckBox choose(FxRobot robot, String pass) {
        return robot.lookup("#choose-" + pass).queryAs(CheckBox.class);
    }

    private static TextArea statement(FxRobot robot) {
        return robot.lookup("#edit-statement").queryAs(TextArea.class);
    }

    private static String text(FxRobot robot) {
        return robot.lookup("#edit-statement")
                .tryQuery()
                .map(n -> ((TextArea) n).getText())
                .orElse("");
    }

    private static Button apply(FxRobot robot) {
        return robot.lookup("#edit-apply").queryAs(Button.class);
    }

    private static String status(FxRobot robot) {
        return robot.lookup("#edit-status").queryAs(Labeled.class).getText();
    }

    private static List<String> labels(FxRobot robot, String of) {
        return robot.from(robot.lookup(of).queryAll()).lookup(".label").queryAll().stream()
                .map(n -> ((Labeled) n).getText())
                .toList();
    }

    private Node first(String op) {
        return graph().nodes().stream()
                .filter(n -> n.op().equals(op))
                .findFirst()
                .orElseThrow();
    }

    private Node named(String name) {
        return graph().nodes().stream()
                .filter(n -> n.shownName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<String> names() {
        return graph().nodes().stream().map(Node::shownName).toList();
    }

    private Graph graph() {
        return project()
                .shownModel()
                .map(m -> m.graph())
                .orElseGet(() ->
                        project().source().flatMap(Variant::model).orElseThrow().graph());
    }

    private Variant shown() {
        return project().shown().orElseThrow();
    }

    private Project project() {
        return window.workbench().store().state();
    }

    private static void await(Callable<Boolean> condition) throws TimeoutException {
        WaitForAsyncUtils.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS, condition);
        WaitForAsyncUtils.waitForFxEvents();
    }
}
