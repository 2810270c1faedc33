package dev.lathe.app.timeline;

import dev.lathe.app.ui.Palette;
import dev.lathe.core.Jobs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.Scene;
import javafx.stage.Stage;
import javafx.util.Subscription;

/// Measures the Timeline tab with a trace file of 100,000 events (or of as many as the first argument says): from the
/// file to the drawn frame, in a window; then frames while it is moved, at four zooms.
///
/// A frame is what is drawn and the toolkit's own work until its next pulse: the time between two pulses that the moves
/// ask for one after the other.
public final class TimelineBench {
    private static final int MOVES = 200;

    private TimelineBench() {}

    public static void main(String[] args) throws Exception {
        int events = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        Path file = Traces.write(Files.createTempFile("lathe-trace", ".json"), events, 8);
        file.toFile().deleteOnExit();
        System.out.printf(Locale.ROOT, "%,d events, %.1f MB%n", events, Files.size(file) / 1e6);
        try (Jobs jobs = new Jobs()) {
            CountDownLatch done = new CountDownLatch(1);
            Platform.startup(() -> new Run(jobs, file, done::countDown).start());
            done.await();
        }
        Platform.exit();
    }

    private static final class Run {
        private final Jobs jobs;
        private final Path file;
        private final Runnable end;
        private final TimelineViewModel model;
        private final TimelineCanvas canvas;
        private final Stage stage = new Stage();
        private Subscription subscription = Subscription.EMPTY;
        private int round;

        Run(Jobs jobs, Path file, Runnable end) {
            this.jobs = jobs;
            this.file = file;
            this.end = end;
            model = new TimelineViewModel(this.jobs, Platform::runLater, n -> {});
            canvas = new TimelineCanvas(model, new ReadOnlyObjectWrapper<>(Palette.DARK), "Inter");
        }

        void start() {
            stage.setScene(new Scene(canvas, 1600, 320));
            stage.show();
            // A user opens a trace in a window that stands.
            afterPulses(5, this::open);
        }

        private void open() {
            long began = System.nanoTime();
            subscription.unsubscribe();
            subscription = model.state().subscribe(s -> {
                if (s.timeline().isPresent()) {
                    afterPulses(2, () -> opened(began));
                }
            });
            model.open(file);
        }

        private void opened(long began) {
            System.out.printf(Locale.ROOT, "opened and drawn in %.0f ms%n", (System.nanoTime() - began) / 1e6);
            subscription.unsubscribe();
            model.close();
            if (++round < 4) {
                open();
            } else {
                subscription = model.state().subscribe(s -> {
                    if (s.timeline().isPresent()) {
                        heap();
                        pan(0);
                    }
                });
                model.open(file);
            }
        }

        private static void heap() {
            for (int i = 0; i < 3; i++) {
                System.gc();
            }
            Runtime r = Runtime.getRuntime();
            System.out.printf(Locale.ROOT, "heap in use %.0f MiB%n", (r.totalMemory() - r.freeMemory()) / 1048576.0);
        }

        private void pan(int level) {
            double[] zooms = {1, 20, 400, 20_000};
            if (level == zooms.length) {
                end.run();
                return;
            }
            canvas.fit();
            canvas.zoom(zooms[level], 700);
            double[] drawn = new double[MOVES];
            double[] frames = new double[MOVES];
            new AnimationTimer() {
                private int at = -1;
                private long began;

                @Override
                public void handle(long now) {
                    long t = System.nanoTime();
                    if (at >= 0) {
                        frames[at] = (t - began) / 1e6;
                    }
                    if (++at == MOVES) {
                        stop();
                        System.out.printf(
                                Locale.ROOT,
                                "zoom %,d: moved and drawn p50 %.1f, p95 %.1f ms; from pulse to pulse p50 %.1f, p95 %.1f ms%n",
                                (int) zooms[level],
                                part(drawn, 0.5),
                                part(drawn, 0.95),
                                part(frames, 0.5),
                                part(frames, 0.95));
                        pan(level + 1);
                        return;
                    }
                    began = t;
                    canvas.move((at / 20 % 2 == 0 ? -1 : 1) * (3 + new Random(at).nextInt(60)));
                    drawn[at] = (System.nanoTime() - t) / 1e6;
                }
            }.start();
        }

        private static void afterPulses(int n, Runnable task) {
            new AnimationTimer() {
                private int left = n;

                @Override
                public void handle(long now) {
                    if (left-- <= 0) {
                        stop();
                        task.run();
                    }
                }
            }.start();
        }

        private static double part(double[] v, double q) {
            double[] s = v.clone();
            Arrays.sort(s);
            return s[(int) Math.min(s.length - 1, Math.round(q * (s.length - 1)))];
        }
    }
}
