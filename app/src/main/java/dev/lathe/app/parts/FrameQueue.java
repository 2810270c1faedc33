package dev.lathe.app.parts;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import javafx.animation.AnimationTimer;

/// Runs one task with each frame. What fills a pane makes the toolkit style and lay out what is new in it before the
/// next frame: several panes at once would hold the window's thread for as long as all of them take. A window has one.
///
/// Used on the FX thread.
public final class FrameQueue implements Executor {
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final AnimationTimer timer = new AnimationTimer() {
        @Override
        public void handle(long now) {
            Runnable next = tasks.poll();
            if (tasks.isEmpty()) {
                stop();
            }
            if (next != null) {
                next.run();
            }
        }
    };

    /// Whether all that was given has run.
    public boolean isEmpty() {
        return tasks.isEmpty();
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        timer.start();
    }
}
