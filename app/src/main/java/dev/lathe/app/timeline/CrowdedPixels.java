package dev.lathe.app.timeline;

import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.Optional;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;

/// Columns of pixels that each stand for several slices, as lines of one image that are stretched to the height of
/// their rows: one order to the toolkit for each row instead of one for each column, of which a wide window has
/// thousands.
final class CrowdedPixels {
    private int width;
    private int lines;
    private int line;
    private boolean isEmpty = true;
    private IntBuffer pixels = IntBuffer.allocate(0);
    private Optional<PixelBuffer<IntBuffer>> buffer = Optional.empty();
    private Optional<WritableImage> image = Optional.empty();

    /// Before a frame of so many pixels with at most so many rows.
    void prepare(int wide, int rows) {
        if (wide != width || rows > lines) {
            width = wide;
            lines = Math.max(1, rows);
            pixels = IntBuffer.allocate(width * lines);
            PixelBuffer<IntBuffer> next = new PixelBuffer<>(width, lines, pixels, PixelFormat.getIntArgbPreInstance());
            buffer = Optional.of(next);
            image = Optional.of(new WritableImage(next));
        }
        line = -1;
    }

    /// The next row begins.
    void begin() {
        line++;
        Arrays.fill(pixels.array(), line * width, (line + 1) * width, 0);
        isEmpty = true;
    }

    /// @param argb premultiplied
    void pixel(int x, int argb) {
        if (x >= 0 && x < width) {
            pixels.put(line * width + x, argb);
            isEmpty = false;
        }
    }

    /// The row is complete and drawn at its place.
    void end(GraphicsContext g, double y, double height) {
        if (!isEmpty) {
            g.setImageSmoothing(false);
            image.ifPresent(i -> g.drawImage(i, 0, line, width, 1, 0, y, width, height));
        }
    }

    /// All rows of the frame were drawn: the toolkit takes the pixels over.
    void done() {
        buffer.ifPresent(b -> b.updateBuffer(changed -> null));
    }
}
