package dev.lathe.app.graph;

import java.util.Optional;

/// A short flight of the camera from where it is to where it should be.
final class Travel {
    private static final double NANOS = 200e6;

    private Optional<Camera> from = Optional.empty();
    private Camera to = new Camera(0, 0, 1);
    private long began = -1;

    void begin(Camera here, Camera there) {
        from = Optional.of(here);
        to = there;
        began = 0;
    }

    void stop() {
        from = Optional.empty();
    }

    boolean runs() {
        return from.isPresent();
    }

    /// Where the camera is now; only while it [#runs].
    Camera at(long now) {
        began = began == 0 ? now : began;
        double t = Math.min(1, (now - began) / NANOS);
        Camera here = from.orElse(to).between(to, eased(t));
        if (t >= 1) {
            from = Optional.empty();
        }
        return here;
    }

    static double eased(double t) {
        return 1 - Math.pow(1 - t, 3);
    }
}
