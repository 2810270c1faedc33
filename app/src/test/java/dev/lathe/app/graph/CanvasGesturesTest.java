package dev.lathe.app.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.app.graph.GraphLayout.Box;
import dev.lathe.app.project.ColourBy;
import dev.lathe.app.project.Selection;
import dev.lathe.graph.analyze.Analysis;
import java.util.ArrayList;
import java.util.List;
import javafx.event.Event;
import javafx.geometry.Point2D;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.ZoomEvent;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

@ExtendWith(ApplicationExtension.class)
class CanvasGesturesTest {
    private final Analysis analysis = Sketch.blocks(5).analysis();
    private GraphViewModel model;
    private GraphView view;

    @Start
    void start(Stage stage) {
        model = new GraphViewModel(Runnable::run, Runnable::run);
        view = new GraphView(model);
        view.reduceMotion(true);
        stage.setScene(new Scene(view, 900, 700));
        // The stage is the one that other tests had, so it may still have their size.
        stage.sizeToScene();
        stage.setX(20);
        stage.setY(20);
        stage.show();
        model.show(analysis);
    }

    private Box box(String path) {
        GraphLayout l = view.scene().orElseThrow().layout();
        return l.boxes().get(l.byPath().get(path));
    }

    private Point2D on(String path, double partX, double partY) {
        Box b = box(path);
        return view.localToScreen(
                view.camera().screenX(b.x() + partX * b.w()), view.camera().screenY(b.y() + partY * b.h()));
    }

    private Point2D chevron(String path) {
        Box b = box(path);
        return view.localToScreen(
                view.camera().screenX(b.x() + 13), view.camera().screenY(b.y() + 13));
    }

    private String under(Point2D screen) {
        Point2D p = view.screenToLocal(screen);
        return view.scene()
                .orElseThrow()
                .layout()
                .at(view.camera().layoutX(p.getX()), view.camera().layoutY(p.getY()))
                .map(Box::path)
                .orElse("");
    }

    @Test
    void pinchingZoomsAboutTheFingers(FxRobot robot) {
        Camera before = view.camera();
        robot.interact(() -> Event.fireEvent(
                view,
                new ZoomEvent(
                        ZoomEvent.ZOOM, 300, 200, 300, 200, false, false, false, false, false, false, 1.5, 1.5, null)));
        assertThat(view.camera().zoom() / before.zoom()).isBetween(1.49, 1.51);
        assertThat(view.camera().screenX(before.layoutX(300))).isBetween(299.0, 301.0);
        assertThat(view.camera().screenY(before.layoutY(200))).isBetween(199.0, 201.0);
    }

    @Test
    void theMiddleButtonPansAndSelectsNothing(FxRobot robot) {
        Camera before = view.camera();
        robot.drag(on("net.block.2", 0.5, 0.5), MouseButton.MIDDLE)
                .dropTo(on("net.block.2", 0.5, 0.5).add(60, 40));
        assertThat(view.camera().panX() - before.panX()).isBetween(50.0, 70.0);
        assertThat(view.camera().panY() - before.panY()).isBetween(30.0, 50.0);
        assertThat(model.selectionProperty().get()).isEqualTo(Selection.NONE);
    }

    @Test
    void withSpaceHeldADragOnAStageBorderPans(FxRobot robot) {
        List<Integer> dropped = new ArrayList<>();
        robot.interact(() -> {
            model.onBorderMoved((border, cut) -> dropped.add(cut));
            model.placement(java.util.Optional.of(CanvasPicture.split(analysis, 2)));
            model.colourBy(ColourBy.STAGE);
            view.requestFocus();
        });
        int at = -1;
        for (int y = 0; y < view.getHeight() && at < 0; y++) {
            at = view.borders().borderAt(view.getWidth() - 214, y, view.camera()) == 0 ? y + 3 : -1;
        }
        assertThat(at).isPositive();
        Camera before = view.camera();
        robot.press(KeyCode.SPACE);
        robot.drag(view.localToScreen(view.getWidth() - 214, at))
                .dropTo(view.localToScreen(view.getWidth() - 214, at + 90));
        robot.release(KeyCode.SPACE);
        assertThat(dropped).isEmpty();
        assertThat(view.camera().panY() - before.panY()).isBetween(80.0, 100.0);
    }

    @Test
    void aDoubleClickOnTheGroundShowsTheWholeGraphEveryTime(FxRobot robot) {
        Camera whole = view.camera();
        for (int i = 0; i < 2; i++) {
            robot.interact(() -> view.camera(view.camera().zoomed(0.5, 0, 0).moved(30, 20)));
            robot.doubleClickOn(view.localToScreen(880, 20));
            WaitForAsyncUtils.waitForFxEvents();
            assertThat(view.camera()).isEqualTo(whole);
        }
    }

    @Test
    void zeroAndHomeShowTheWholeGraphEveryTime(FxRobot robot) {
        Camera whole = view.camera();
        robot.interact(view::requestFocus);
        for (KeyCode key : List.of(KeyCode.DIGIT0, KeyCode.HOME, KeyCode.F, KeyCode.HOME)) {
            robot.interact(() -> view.camera(view.camera().moved(200, 90)));
            robot.type(key);
            assertThat(view.camera()).as(key.getName()).isEqualTo(whole);
        }
    }

    @Test
    void fShowsTheSelectedBlockLarge(FxRobot robot) {
        robot.interact(() -> model.expand("net.block.3"));
        robot.clickOn(on("net.block.3", 0.4, 0.02));
        robot.interact(() -> view.camera(view.camera().zoomed(0.2, 10, 10)));
        robot.type(KeyCode.F);
        Box b = box("net.block.3");
        Camera c = view.camera();
        assertThat(c.screenX(b.centreX())).isBetween(449.0, 451.0);
        assertThat(c.screenY(b.centreY())).isBetween(349.0, 351.0);
        assertThat(c.zoom()).isGreaterThan(0.6);
    }

    @Test
    void plusAndMinusZoomAboutTheMiddle(FxRobot robot) {
        robot.interact(view::requestFocus);
        Camera before = view.camera();
        robot.type(KeyCode.PLUS);
        assertThat(view.camera().zoom()).isGreaterThan(before.zoom());
        assertThat(view.camera().layoutX(450)).isBetween(before.layoutX(450) - 0.01, before.layoutX(450) + 0.01);
        robot.type(KeyCode.MINUS);
        assertThat(view.camera().zoom()).isBetween(before.zoom() - 1e-9, before.zoom() + 1e-9);
    }

    @Test
    void escapeFirstClearsTheSelectionThenClosesTheNewestBlock(FxRobot robot) {
        robot.interact(() -> {
            model.expand("net.block.1");
            model.expand("net.block.3");
        });
        robot.clickOn(on("net.block.0", 0.5, 0.4));
        robot.type(KeyCode.ESCAPE);
        assertThat(model.selectionProperty().get()).isEqualTo(Selection.NONE);
        assertThat(model.isExpanded("net.block.3")).isTrue();
        robot.type(KeyCode.ESCAPE);
        assertThat(model.isExpanded("net.block.3")).isFalse();
        assertThat(model.selectionProperty().get()).isEqualTo(new Selection.OfScope("net.block.3"));
        assertThat(model.isExpanded("net.block.1")).isTrue();
    }

    @Test
    void leftAndRightWalkBetweenNeighbours(FxRobot robot) {
        robot.interact(() -> model.expand("net.block.1"));
        robot.clickOn(on("net.block.1/left", 0.5, 0.5));
        Selection left = model.selectionProperty().get();
        robot.type(KeyCode.RIGHT);
        Selection right = model.selectionProperty().get();
        assertThat(right).isNotEqualTo(left);
        assertThat(view.scene()
                        .orElseThrow()
                        .layout()
                        .boxes()
                        .get(view.boxOf(right))
                        .x())
                .isGreaterThan(box("net.block.1/left").x());
        robot.type(KeyCode.LEFT);
        assertThat(view.scene()
                        .orElseThrow()
                        .layout()
                        .boxes()
                        .get(view.boxOf(model.selectionProperty().get()))
                        .x())
                .isLessThan(view.scene()
                        .orElseThrow()
                        .layout()
                        .boxes()
                        .get(view.boxOf(right))
                        .x());
    }

    @Test
    void theBlockThatIsOpenedStaysUnderThePointerAndSoWhenItIsClosed(FxRobot robot) {
        Point2D at = on("net.block.2", 0.8, 0.8);
        robot.doubleClickOn(at);
        assertThat(model.isExpanded("net.block.2")).isTrue();
        assertThat(under(at)).startsWith("net.block.2");
        Point2D low = on("net.block.2", 0.3, 0.98);
        robot.doubleClickOn(low);
        assertThat(model.isExpanded("net.block.2")).isFalse();
        assertThat(under(low)).isEqualTo("net.block.2");
    }

    @Test
    void aBlockClosedAtItsChevronHasItsChevronThereAgain(FxRobot robot) {
        robot.interact(() -> model.expand("net.block.2"));
        Point2D at = chevron("net.block.2");
        robot.clickOn(at);
        assertThat(model.isExpanded("net.block.2")).isFalse();
        assertThat(chevron("net.block.2").distance(at)).isLessThan(3);
        robot.clickOn(at);
        assertThat(model.isExpanded("net.block.2")).isTrue();
    }
}
