package dev.lathe.app.timeline;

import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.Optional;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;

/// What is too small to be told apart by more than its colour, columns of pixels that stand for several slices and
/// slices of a few pixels, as lines of one image that are stretched to the height of their rows: one order to the
/// toolkit for each row instead of one for each of them, of which a wide window has thousands.
final class CrowdedPixels {
    private int width;
    private int lines;
    private int line;
    private boolean isEmpty = true;
    private int[] pixels = {};
    private Optional<PixelBuffer<IntBuffer>> buffer = Optional.empty();
    private Optional<WritableImage> image = Optional.empty();

    /// Before a frame of so many pixels with at most so many rows.
    void prepare(int wide, int rows) {
        if (wide != width || rows > lines) {
            width = wide;
            lines = Math.max(1, rows);
            pixels = new int[width * lines];
            PixelBuffer<IntBuffer> next =
                    new PixelBuffer<>(width, lines, IntBuffer.wrap(pixels), PixelFormat.getIntArgbPreInstance());
            buffer = Optional.of(next);
            image = Optional.of(new WritableImage(next));
        }
        line = -1;
    }

    /// The next row begins.
    void begin() {
        line++;
        Arrays.fill(pixels, line * width, (line + 1) * width, 0);
        isEmpty = true;
    }

    /// From x0 to x1, each pixel as far as it is covered.
    ///
    /// @param argb premultiplied
    void fill(double x0, double x1, int argb) {
        // Casts, and the array itself: the first frames are drawn before the JVM has compiled this, and floor, ceil and
        // a buffer's methods are then most of the work.
        int whole = (int) x1;
        int end = Math.min(width, whole < x1 ? whole + 1 : whole);
        for (int x = Math.max(0, (int) x0); x < end; x++) {
            int at = line * width + x;
            boolean all = x0 <= x && x1 >= x + 1.0;
            int more = all ? argb : part(argb, Math.min(x1, x + 1.0) - Math.max(x0, x));
            pixels[at] = pixels[at] == 0 ? more : sum(pixels[at], more);
            isEmpty = false;
        }
    }

    /// What the row that is being filled has at x.
    int pixel(int x) {
        return pixels[line * width + x];
    }

    private static int part(int argb, double covered) {
        int of = (int) (covered * 256 + 0.5);
        int odd = ((argb >>> 8 & 0x00ff00ff) * of) & 0xff00ff00;
        int even = ((argb & 0x00ff00ff) * of >>> 8) & 0x00ff00ff;
        return odd | even;
    }

    /// What lies beside each other in a pixel adds up.
    private static int sum(int a, int b) {
        return channel(a, b, 24) | channel(a, b, 16) | channel(a, b, 8) | channel(a, b, 0);
    }

    private static int channel(int a, int b, int shift) {
        return Math.min(255, (a >>> shift & 255) + (b >>> shift & 255)) << shift;
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
