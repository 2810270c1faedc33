package dev.lathe.app.values;

import dev.lathe.app.parts.Controls;
import dev.lathe.app.ui.Numbers;
import javafx.scene.control.Label;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Pane;

/// A slice as a picture that fills its place, each pixel sharp.
final class ImageBox extends BorderPane {
    private final ImageView view = new ImageView();
    private final Label caption = Controls.label("", "inspector-axis");
    private final Pane place = new Pane(view) {
        @Override
        protected void layoutChildren() {
            fit();
        }
    };

    ImageBox() {
        setId("slice-image");
        getStyleClass().add("slice-image");
        view.setSmooth(false);
        view.setPreserveRatio(true);
        caption.setMinWidth(USE_PREF_SIZE);
        setCenter(place);
        setBottom(caption);
        setMinSize(0, 0);
    }

    void show(TensorImage image) {
        boolean some = image.width() > 0 && image.height() > 0;
        setVisible(some);
        if (!some) {
            return;
        }
        WritableImage pixels = new WritableImage(image.width(), image.height());
        pixels.getPixelWriter()
                .setPixels(
                        0,
                        0,
                        image.width(),
                        image.height(),
                        PixelFormat.getIntArgbInstance(),
                        image.argb(),
                        0,
                        image.width());
        view.setImage(pixels);
        caption.setText((image.colours() ? "red, green, blue: " : "")
                + (Double.isFinite(image.low())
                        ? Numbers.digits(image.low(), 3) + " … " + Numbers.digits(image.high(), 3)
                        : "no finite number"));
        fit();
    }

    private void fit() {
        if (view.getImage() == null) {
            return;
        }
        double w = place.getWidth();
        double h = place.getHeight();
        // A picture of few numbers is drawn larger, one of a single row not as a line.
        double scale =
                Math.min(w / view.getImage().getWidth(), h / view.getImage().getHeight());
        boolean flat =
                view.getImage().getHeight() * scale < 12 || view.getImage().getWidth() * scale < 12;
        view.setPreserveRatio(!flat);
        view.setFitWidth(Math.max(1, w));
        view.setFitHeight(Math.max(1, flat ? Math.max(12, h / 3) : h));
    }
}
