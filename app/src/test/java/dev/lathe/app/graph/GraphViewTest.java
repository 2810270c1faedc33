package dev.lathe.app.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.app.graph.GraphLayout.Box;
import dev.lathe.app.project.ColourBy;
import dev.lathe.app.project.Selection;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.analyze.Analysis;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Point2D;
import javafx.geometry.VerticalDirection;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

@ExtendWith(ApplicationExtension.class)
class GraphViewTest {
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

    private Point2D middle(String path) {
        GraphLayout l = view.scene().orElseThrow().layout();
        Box b = l.boxes().get(l.byPath().get(path));
        return view.localToScreen(
                view.camera().screenX(b.centreX()), view.camera().screenY(b.centreY()));
    }

    @Test
    void aClickSelectsTheBlockAndAClickOnTheGroundNothing(FxRobot robot) {
        robot.clickOn(middle("net.block.2"));
        assertThat(model.selectionProperty().get()).isEqualTo(new Selection.OfScope("net.block.2"));
        robot.clickOn(view.localToScreen(10, 300));
        assertThat(model.selectionProperty().get()).isEqualTo(Selection.NONE);
    }

    @Test
    void aDoubleClickOpensABlockAndItsLayersCanBeSelected(FxRobot robot) {
        robot.doubleClickOn(middle("net.block.1"));
        assertThat(model.isExpanded("net.block.1")).isTrue();
        robot.clickOn(middle("net.block.1/join"));
        assertThat(model.selectionProperty().get()).isEqualTo(new Selection.OfNode(new NodeId(8)));
        assertThat(model.crumbs().stream().map(GraphViewModel.Crumb::label).toList())
                .containsExactly("sketch", "net.block.1", "join");
    }

    @Test
    void aSmallCanvasHasAMapOnlyOfWhatItDoesNotShowWhole(FxRobot robot) {
        assertThat(map()).as("in a large canvas").isTrue();
        robot.interact(() -> {
            view.getScene().getWindow().setWidth(620);
            view.getScene().getWindow().setHeight(640);
        });
        robot.interact(model::fit);
        robot.interact(() -> view.paint(1));
        assertThat(map()).as("all is seen").isFalse();
        robot.interact(() -> view.camera(view.camera().moved(0, 300)));
        robot.interact(() -> view.paint(1));
        assertThat(map()).as("some is out of sight").isTrue();
    }

    private boolean map() {
        return view.overlays().inMinimap(view.getWidth() - 20, view.getHeight() - 20);
    }

    private double hidden() {
        GraphScene s = view.scene().orElseThrow();
        boolean map = CanvasOverlays.needsMap(s.layout(), view.camera(), view.getWidth(), view.getHeight());
        return view.overlays()
                .places(s, view.getWidth(), view.getHeight())
                .covered(s, view.camera(), map, view.overlays().corner());
    }

    private void resize(double width, double height) {
        WaitForAsyncUtils.waitForAsyncFx(5_000, () -> {
            view.getScene().getWindow().setWidth(width);
            view.getScene().getWindow().setHeight(height);
        });
        WaitForAsyncUtils.waitForFxEvents();
    }

    @Test
    void afterFitNothingFloatsOverBlocksInAnyView(FxRobot robot) {
        for (int blocks : new int[] {3, 5, 12, 40}) {
            for (ColourBy by : new ColourBy[] {ColourBy.FLOPS, ColourBy.DTYPE}) {
                WaitForAsyncUtils.waitForAsyncFx(5_000, () -> {
                    model.show(Sketch.blocks(blocks).analysis());
                    model.colourBy(by);
                    model.expand("net.block.1");
                    model.fit();
                });
                for (double[] size : new double[][] {{900, 700}, {980, 560}, {640, 420}, {980, 640}}) {
                    resize(size[0], size[1]);
                    assertThat(hidden())
                            .as("%d blocks by %s at %.0f", blocks, by, size[0])
                            .isZero();
                }
            }
        }
    }

    @Test
    void theFirstViewOfALargeGraphLeavesLegendAndMapFreeOfBlocks(FxRobot robot) {
        for (int blocks : new int[] {12, 40}) {
            for (double[] size : new double[][] {{900, 700}, {525, 430}, {980, 640}}) {
                resize(size[0], size[1]);
                WaitForAsyncUtils.waitForAsyncFx(
                        5_000, () -> model.show(Sketch.blocks(blocks).analysis()));
                WaitForAsyncUtils.waitForFxEvents();
                GraphLayout l = view.scene().orElseThrow().layout();
                assertThat(hidden())
                        .as("%d blocks in %.0f × %.0f", blocks, size[0], size[1])
                        .isZero();
                assertThat(view.camera().zoom()).isGreaterThanOrEqualTo(0.5);
                assertThat(view.camera().screenY(l.boxes().getFirst().y())).isBetween(0.0, view.getHeight());
            }
        }
    }

    @Test
    void anOpenedBlockIsInSightAndUnderNothingThatFloats(FxRobot robot) {
        resize(1100, 640);
        WaitForAsyncUtils.waitForAsyncFx(5_000, () -> {
            model.show(Sketch.blocks(9).analysis());
            model.fit();
        });
        for (int block : new int[] {8, 0, 4}) {
            WaitForAsyncUtils.waitForAsyncFx(5_000, () -> model.expand("net.block." + block));
            WaitForAsyncUtils.waitForFxEvents();
            GraphLayout l = view.scene().orElseThrow().layout();
            Box b = l.boxes().get(l.byPath().get("net.block." + block));
            Camera c = view.camera();
            assertThat(c.screenX(b.x())).as("left of block %d", block).isGreaterThanOrEqualTo(0);
            assertThat(c.screenY(b.y())).as("top of block %d", block).isGreaterThanOrEqualTo(0);
            assertThat(c.screenX(b.x() + b.w())).as("right of block %d", block).isLessThanOrEqualTo(view.getWidth());
            assertThat(c.screenY(b.bottom())).as("foot of block %d", block).isLessThanOrEqualTo(view.getHeight());
            assertThat(hidden()).as("block %d", block).isZero();
        }
    }

    @Test
    void aFittedViewStaysFittedInASmallerCanvasUntilItIsMoved(FxRobot robot) {
        WaitForAsyncUtils.waitForAsyncFx(5_000, () -> model.fit());
        resize(880, 500);
        GraphLayout l = view.scene().orElseThrow().layout();
        assertThat(view.camera().screenY(l.height())).isLessThan(view.getHeight());
        WaitForAsyncUtils.waitForAsyncFx(5_000, () -> view.camera(view.camera().moved(7, 0)));
        Camera moved = view.camera();
        resize(900, 460);
        assertThat(view.camera()).isEqualTo(moved);
    }

    @Test
    void theWheelZoomsAtThePointer(FxRobot robot) {
        Point2D at = middle("net.block.3");
        double before = view.camera().zoom();
        robot.moveTo(at);
        robot.scroll(3, VerticalDirection.UP);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(view.camera().zoom()).isNotEqualTo(before);
        assertThat(middle("net.block.3").distance(at)).isLessThan(10);
    }

    @Test
    void draggingMovesTheGraph(FxRobot robot) {
        Camera before = view.camera();
        robot.drag(view.localToScreen(20, 400)).dropTo(view.localToScreen(120, 430));
        assertThat(view.camera().panX() - before.panX()).isBetween(90.0, 110.0);
        assertThat(view.camera().zoom()).isEqualTo(before.zoom());
    }

    @Test
    void keysWalkAlongEdgesAndOpenAndCloseBlocks(FxRobot robot) {
        robot.clickOn(middle("net.block.1"));
        robot.type(KeyCode.DOWN);
        assertThat(model.selectionProperty().get()).isEqualTo(new Selection.OfScope("net.block.2"));
        robot.type(KeyCode.UP);
        assertThat(model.selectionProperty().get()).isEqualTo(new Selection.OfScope("net.block.1"));
        robot.type(KeyCode.ENTER);
        assertThat(model.isExpanded("net.block.1")).isTrue();
        robot.type(KeyCode.BACK_SPACE);
        assertThat(model.isExpanded("net.block.1")).isFalse();
    }

    @Test
    void revealingANodeOpensTheBlockAroundIt(FxRobot robot) {
        robot.interact(() -> model.reveal(new Selection.OfNode(new NodeId(20))));
        assertThat(model.isExpanded("net.block.3")).isTrue();
        Point2D at = view.screenToLocal(middle("net.block.3/join"));
        assertThat(at.getX()).isBetween(0.0, view.getWidth());
        assertThat(at.getY()).isBetween(0.0, view.getHeight());
    }

    @Test
    void aDraggedStageBorderTellsItsNewCut(FxRobot robot) {
        List<int[]> told = new ArrayList<>();
        robot.interact(() -> {
            model.onBorderMoved((border, cut) -> told.add(new int[] {border, cut}));
            model.borderPlate((border, cut) -> List.of("cut before node " + cut));
            model.placement(Optional.of(CanvasPicture.split(analysis, 2)));
            model.colourBy(ColourBy.STAGE);
        });
        int from = -1;
        for (int y = 0; y < view.getHeight() && from < 0; y++) {
            from = view.borders().borderAt(view.getWidth() - 214, y, view.camera()) == 0 ? y + 3 : -1;
        }
        double target = view.screenToLocal(middle("net.block.4")).getY() - 20;
        robot.drag(view.localToScreen(view.getWidth() - 214, from)).dropTo(view.localToScreen(400, target));
        assertThat(told).hasSize(1);
        assertThat(told.getFirst()).containsExactly(0, 24);
    }
}
