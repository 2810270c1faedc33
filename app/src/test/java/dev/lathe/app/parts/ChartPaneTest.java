package dev.lathe.app.parts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.app.live.ChartLook;
import dev.lathe.app.theme.Look;
import dev.lathe.app.theme.Theme;
import javafx.scene.Scene;
import javafx.scene.image.Image;
import javafx.scene.image.PixelFormat;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeriesCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/// Charts on their canvas.
@ExtendWith(ApplicationExtension.class)
class ChartPaneTest {
    private ChartPane pane = new ChartPane(new JFreeChart(new XYPlot()), javafx.scene.text.Font.getDefault());

    @Start
    void start(Stage stage) {
        Look unused = new Look(Theme.LIGHT); // brings the font
        ChartLook look = new ChartLook(Theme.LIGHT.palette(), Look.FONT);
        XYPlot plot =
                new XYPlot(new XYSeriesCollection(), new NumberAxis(), new NumberAxis(), new XYLineAndShapeRenderer());
        plot.getDomainAxis().setRange(0, 100);
        plot.getRangeAxis().setRange(0, 100);
        JFreeChart chart = new JFreeChart(null, null, plot, false);
        look.apply(chart);
        pane = new ChartPane(chart, look.font());
        stage.setScene(new Scene(new StackPane(pane), 300, 160));
        // The stage is the one that other tests had, so it may still have their size.
        stage.sizeToScene();
        stage.show();
    }

    @Test
    void aChartThatIsDrawnAgainLooksTheSame(FxRobot robot) {
        int[][] pictures = new int[2][];
        robot.interact(() -> {
            pane.canvas().draw();
            pictures[0] = pixels(pane.canvas().snapshot(null, null));
            pane.canvas().draw();
            pictures[1] = pixels(pane.canvas().snapshot(null, null));
        });
        assertThat(pane.canvas().getGraphicsContext2D().getFont().getFamily()).isEqualTo(Look.FONT);
        assertThat(pictures[1]).isEqualTo(pictures[0]);
    }

    private static int[] pixels(Image image) {
        int w = (int) image.getWidth();
        int h = (int) image.getHeight();
        int[] pixels = new int[w * h];
        image.getPixelReader().getPixels(0, 0, w, h, PixelFormat.getIntArgbInstance(), pixels, 0, w);
        return pixels;
    }
}
