package dev.lathe.bench;

import dev.lathe.app.LatheWindow;
import dev.lathe.app.Wiring;
import dev.lathe.app.parts.ChartPane;
import dev.lathe.app.project.Opening;
import dev.lathe.app.project.Project;
import dev.lathe.app.start.Sample;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.stage.Stage;
import org.jfree.chart.event.ChartProgressEvent;

/// What opening and running a model costs in the real window: the time from the open command to the drawn graph, the
/// heap that stays in use, the longest wait for the window's thread, and how often the live charts are drawn anew.
///
/// The window is up and has shown a small sample before the model comes; then sample and model are opened in turn. The
/// first opening is what a user sees, the median of the later ones is the code once compiled. Arguments: [MODEL
/// [SECONDS-TO-RUN]]. Draws on the screen that `DISPLAY` names, else on JavaFX's headless platform.
public final class OpenBench {
    private static final int ROUNDS = 6;
    private static final int PROBE_EVERY_MS = 2;

    private final LatheWindow window;
    private final Waits waits = new Waits();
    private final AtomicReference<Runnable> whenJobsChange = new AtomicReference<>(() -> {});

    private OpenBench(LatheWindow window) {
        this.window = window;
    }

    public static void main(String[] args) throws Exception {
        if (System.getenv("DISPLAY") == null) {
            System.setProperty("glass.platform", "Headless");
            System.setProperty("prism.order", "sw");
        }
        Path model = Bench.model(args);
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 10;
        Path folder = Files.createTempDirectory("lathe-bench-window");
        CountDownLatch started = new CountDownLatch(1);
        Platform.setImplicitExit(false);
        Platform.startup(started::countDown);
        started.await();
        try {
            LatheWindow window = onFx(() -> {
                LatheWindow made = Wiring.window(folder);
                Stage stage = new Stage();
                stage.setScene(made.scene());
                stage.setWidth(1000); // the headless platform's screen has no more
                stage.setHeight(1000);
                stage.show();
                made.begin();
                return made;
            });
            OpenBench bench = new OpenBench(window);
            bench.frames(3);
            bench.measure(Sample.ALL.getFirst().unpackTo(folder), model, seconds);
            onFx(() -> {
                window.end();
                return true;
            });
        } finally {
            Platform.exit();
        }
        System.exit(0);
    }

    private void measure(Path sample, Path model, int seconds) throws Exception {
        onFx(() -> {
            window.jobs().onRows(rows -> whenJobsChange.get().run());
            return true;
        });
        await(p -> p.device().isPresent());
        waits.start();
        report("first model in this process, a small sample", open(sample));
        rest();
        long before = Bench.heap();
        Opened first = open(model);
        rest();
        long after = Bench.heap();
        String name = String.valueOf(model.getFileName());
        report("first opening of " + name, first);
        Bench.figure("  heap in use grew by", (after - before) / 1048576.0, "MiB");
        double[] ms = new double[ROUNDS];
        double[] cpu = new double[ROUNDS];
        double[] wait = new double[ROUNDS];
        double[] work = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            open(sample);
            rest();
            Opened o = open(model);
            rest();
            ms[i] = o.drawnMs();
            cpu[i] = o.cpuMs();
            wait[i] = o.longestWaitMs();
            work[i] = o.longestWorkMs();
        }
        Bench.figure("later openings, median", Bench.median(ms), "ms");
        Bench.figure("  CPU time of the process until then, median", Bench.median(cpu), "ms");
        Bench.figure("  longest wait for the window's thread, median", Bench.median(wait), "ms");
        Bench.figure("  longest work at a stretch, median", Bench.median(work), "ms of CPU");
        run(seconds);
    }

    /// What one opening took: from the command to the frame that shows the graph, and until all panes had come to rest.
    private record Opened(double modelMs, double drawnMs, double cpuMs, double longestWaitMs, double longestWorkMs) {}

    private void report(String what, Opened o) {
        Bench.figure(what + ": graph drawn after", o.drawnMs(), "ms");
        Bench.figure("  of which read and analysed", o.modelMs(), "ms");
        Bench.figure("  CPU time of the process until then, with compilation", o.cpuMs(), "ms");
        Bench.figure("  longest wait for the window's thread", o.longestWaitMs(), "ms");
        Bench.figure("  longest work of the window's thread at a stretch", o.longestWorkMs(), "ms of CPU");
    }

    private Opened open(Path file) throws Exception {
        waits.clear();
        CompletableFuture<Long> drawn = new CompletableFuture<>();
        CompletableFuture<Long> analysed = new CompletableFuture<>();
        long start = System.nanoTime();
        long startCpu = processor();
        List<Runnable> subscriptions = new ArrayList<>();
        onFx(() -> {
            var toScenes = window.graph().sceneProperty().subscribe(scene -> {
                boolean mine = scene.flatMap(s -> s.analysis().model().source())
                        .map(file::equals)
                        .orElse(false);
                if (mine && !drawn.isDone()) {
                    // The next pulse paints it; when one more begins, that frame is on its way to the screen.
                    afterPulses(2, () -> drawn.complete(System.nanoTime()));
                }
            });
            var toStore = window.workbench().store().listen(p -> {
                if (p.opening() instanceof Opening.Opened(Path opened) && opened.equals(file)) {
                    analysed.complete(System.nanoTime());
                }
            });
            subscriptions.addAll(List.of(toScenes::unsubscribe, toStore::end));
            return window.workbench().open(file);
        });
        double drawnMs = (drawn.get(2, TimeUnit.MINUTES) - start) / 1e6;
        double cpuMs = (processor() - startCpu) / 1e6;
        double modelMs = (analysed.get(2, TimeUnit.MINUTES) - start) / 1e6;
        onFx(() -> {
            subscriptions.forEach(Runnable::run);
            return true;
        });
        frames(10); // panes that come after the graph count as well
        return new Opened(modelMs, drawnMs, cpuMs, waits.longest(), waits.longestWork());
    }

    private void run(int seconds) throws Exception {
        AtomicInteger drawings = new AtomicInteger();
        onFx(() -> {
            List<ChartPane> charts = new ArrayList<>();
            collect(window.scene().getRoot(), charts);
            ChartPane first = charts.getFirst();
            first.canvas().getChart().addProgressListener(e -> {
                if (e.getType() == ChartProgressEvent.DRAWING_FINISHED) {
                    drawings.incrementAndGet();
                }
            });
            window.workbench().run();
            return true;
        });
        Project live = await(p -> p.run().running() && p.shownLive().latest().isPresent());
        waits.clear();
        drawings.set(0);
        long from = live.shownLive().latest().orElseThrow().runsDone();
        long start = System.nanoTime();
        long startCpu = processor();
        TimeUnit.SECONDS.sleep(seconds); // the measured time itself
        long cpu = processor() - startCpu;
        double took = (System.nanoTime() - start) / 1e9;
        Project now = window.workbench().store().state();
        long done = now.shownLive().latest().orElseThrow().runsDone() - from;
        Bench.figure("running: chart drawings", drawings.get() / took, "per second");
        Bench.figure("  runs", done / took, "per second");
        Bench.figure("  processor time of the window's process meanwhile", cpu / 1e9 / took, "cores");
        Bench.figure("  longest wait for the window's thread", waits.longest(), "ms");
        Bench.figure("  longest work of the window's thread at a stretch", waits.longestWork(), "ms of CPU");
        onFx(() -> {
            window.workbench().stop();
            return true;
        });
        await(p -> !p.run().running());
    }

    private static void collect(Parent parent, List<ChartPane> into) {
        for (Node n : parent.getChildrenUnmodifiable()) {
            if (n instanceof ChartPane chart) {
                into.add(chart);
            } else if (n instanceof Parent inner) {
                collect(inner, into);
            }
        }
    }

    /// No job is open and some frames went by.
    private void rest() throws Exception {
        CompletableFuture<Boolean> quiet = new CompletableFuture<>();
        onFx(() -> {
            Runnable look = () -> {
                if (window.jobs().rows().stream().noneMatch(r -> r.open())) {
                    quiet.complete(true);
                }
            };
            whenJobsChange.set(look);
            look.run();
            return true;
        });
        quiet.get(2, TimeUnit.MINUTES);
        frames(10);
    }

    private Project await(java.util.function.Predicate<Project> condition) throws Exception {
        CompletableFuture<Project> met = new CompletableFuture<>();
        var store = window.workbench().store();
        var subscription = store.listen(p -> {
            if (condition.test(p)) {
                met.complete(p);
            }
        });
        if (condition.test(store.state())) {
            met.complete(store.state());
        }
        Project p = met.get(2, TimeUnit.MINUTES);
        subscription.end();
        return p;
    }

    private void frames(int count) throws Exception {
        CompletableFuture<Boolean> passed = new CompletableFuture<>();
        onFx(() -> {
            afterPulses(count, () -> passed.complete(true));
            return true;
        });
        passed.get(2, TimeUnit.MINUTES);
    }

    private static void afterPulses(int count, Runnable then) {
        new AnimationTimer() {
            private int seen;

            @Override
            public void handle(long now) {
                if (++seen >= count) {
                    stop();
                    then.run();
                }
            }
        }.start();
    }

    /// Nanoseconds that all threads of this process have had.
    private static long processor() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }

    private static <T> T onFx(Supplier<T> task) throws Exception {
        CompletableFuture<T> done = new CompletableFuture<>();
        Platform.runLater(() -> {
            try {
                done.complete(task.get());
            } catch (RuntimeException | Error e) {
                done.completeExceptionally(e);
            }
        });
        return done.get(2, TimeUnit.MINUTES);
    }

    /// Asks the window's thread for an answer every few milliseconds and keeps the longest wait.
    private static final class Waits {
        private final AtomicLong longest = new AtomicLong();
        /// The most that the window's thread worked between two answers: unlike the wait, what other programs take from
        /// the processor is not in it.
        private final AtomicLong longestWork = new AtomicLong();
        private final AtomicLong worked = new AtomicLong(-1);
        /// When the question that is not answered yet was asked, or 0.
        private final AtomicLong asked = new AtomicLong();

        void start() {
            Executors.newSingleThreadScheduledExecutor(
                            Thread.ofPlatform().daemon().name("probe").factory())
                    .scheduleAtFixedRate(this::ask, 0, PROBE_EVERY_MS, TimeUnit.MILLISECONDS);
        }

        private void ask() {
            if (asked.compareAndSet(0, System.nanoTime())) {
                Platform.runLater(this::answer);
            }
        }

        private void answer() {
            longest.accumulateAndGet(System.nanoTime() - asked.getAndSet(0), Math::max);
            long used = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            long before = worked.getAndSet(used);
            longestWork.accumulateAndGet(before < 0 ? 0 : used - before, Math::max);
        }

        void clear() {
            longest.set(0);
            longestWork.set(0);
        }

        double longestWork() {
            return longestWork.get() / 1e6;
        }

        double longest() {
            return longest.get() / 1e6;
        }
    }
}
