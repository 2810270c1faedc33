package dev.lathe.bench;

import dev.lathe.app.LatheWindow;
import dev.lathe.app.Wiring;
import dev.lathe.app.fixture.EncoderFixture;
import dev.lathe.app.fixture.VariantsFixture;
import dev.lathe.app.parts.Pane;
import dev.lathe.app.project.Action;
import dev.lathe.app.project.Attempt;
import dev.lathe.app.project.FakeServices;
import dev.lathe.app.project.Project;
import dev.lathe.app.project.Store;
import dev.lathe.app.project.VariantId;
import dev.lathe.core.Jobs;
import dev.lathe.graph.NodeId;
import dev.lathe.profile.LiveSample;
import dev.lathe.profile.OpStats;
import dev.lathe.profile.engine.KernelEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.stage.Stage;

/// What of the memory stays in use after 100, 1,000 and 10,000 (or as many as the first argument says) live updates in
/// the real window, with each of the bottom panes in front in turn.
///
/// The samples are made up and come faster than a worker tells them, one for each frame: new layers with every fifth,
/// new kernels with every twentieth. With a model as the second argument they are those of its real run, as they come.
public final class LiveBench {
    private static final int LAYERS_EVERY = 5;
    private static final int KERNELS_EVERY = 20;
    private static final Attempt RUN = new Attempt(77);

    private final LatheWindow window;
    private final EncoderFixture encoder = new EncoderFixture();
    private Map<NodeId, OpStats> layers = Map.of();
    private List<KernelEvent> kernels = List.of();
    private volatile long turned = -1;

    private LiveBench(LatheWindow window) {
        this.window = window;
    }

    public static void main(String[] args) throws Exception {
        if (System.getenv("DISPLAY") == null) {
            System.setProperty("glass.platform", "Headless");
            System.setProperty("prism.order", "sw");
        }
        int most = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        Optional<Path> model = args.length > 1 ? Optional.of(Path.of(args[1])) : Optional.empty();
        Path folder = Files.createTempDirectory("lathe-bench-live");
        CountDownLatch started = new CountDownLatch(1);
        Platform.setImplicitExit(false);
        Platform.startup(started::countDown);
        started.await();
        LatheWindow window = onFx(() -> {
            LatheWindow made = model.isPresent()
                    ? Wiring.window(folder)
                    : Wiring.window(folder, new Jobs(), new FakeServices().services());
            Stage stage = new Stage();
            stage.setScene(made.scene());
            stage.setWidth(1000);
            stage.setHeight(900);
            stage.show();
            made.begin();
            return made;
        });
        LiveBench bench = new LiveBench(window);
        if (model.isPresent()) {
            bench.open(model.get());
        } else {
            bench.pretend();
        }
        bench.measure(most, model.isPresent());
        onFx(() -> {
            window.end();
            return true;
        });
        Platform.exit();
        System.exit(0);
    }

    private void pretend() throws Exception {
        onFx(() -> {
            VariantsFixture.tell(window.workbench().store(), encoder);
            window.workbench().store().dispatch(new Action.StartRun(RUN, VariantId.SOURCE));
            return true;
        });
    }

    private void open(Path model) throws Exception {
        onFx(() -> window.workbench().open(model));
        await(p -> p.device().isPresent() && p.shownModel().isPresent());
        onFx(() -> {
            window.workbench().run();
            return true;
        });
    }

    private void await(Predicate<Project> condition) throws Exception {
        CompletableFuture<Boolean> met = new CompletableFuture<>();
        Store store = window.workbench().store();
        Store.Subscription subscription = store.listen(p -> {
            if (condition.test(p)) {
                met.complete(true);
            }
        });
        if (condition.test(store.state())) {
            met.complete(true);
        }
        met.get(2, TimeUnit.HOURS);
        subscription.end();
    }

    private void measure(int most, boolean real) throws Exception {
        int done = 0;
        for (int until : new int[] {100, 1_000, 5_000, 10_000, 50_000}) {
            if (until > most) {
                break;
            }
            if (real) {
                realUpdates(until);
            } else {
                updates(done, until);
            }
            done = until;
            Bench.figure("heap in use after " + until + " updates", Bench.heap() / 1048576.0, "MiB");
            Bench.figure("  resident", resident() / 1024.0, "MiB");
        }
    }

    /// Until the worker has told so many samples, another pane in front every now and then.
    private void realUpdates(int until) throws Exception {
        await(p -> {
            long at = p.shownLive().count();
            int turn = at < 100 ? 8 : 50;
            if (at != turned && at % turn == 0) {
                turned = at;
                Platform.runLater(() -> {
                    List<Pane> panes = window.tabs().panes();
                    window.tabs().choose(panes.get((int) (at / turn % panes.size())));
                });
            }
            return at >= until;
        });
    }

    private void updates(int from, int until) throws Exception {
        CompletableFuture<Boolean> passed = new CompletableFuture<>();
        onFx(() -> {
            new AnimationTimer() {
                private int at = from;

                @Override
                public void handle(long now) {
                    if (at == until) {
                        stop();
                        passed.complete(true);
                        return;
                    }
                    // All have been in front once before the first figure.
                    int turn = at < 100 ? 8 : 50;
                    if (at % turn == 0) {
                        List<Pane> panes = window.tabs().panes();
                        window.tabs().choose(panes.get(at / turn % panes.size()));
                    }
                    window.workbench().store().dispatch(new Action.SampleArrived(RUN, sample(at++)));
                }
            }.start();
            return true;
        });
        passed.get(30, TimeUnit.MINUTES);
    }

    private LiveSample sample(int i) {
        if (i % LAYERS_EVERY == 0) {
            layers = encoder.layers(1 + i % 7 / 50.0);
        }
        if (i % KERNELS_EVERY == 0) {
            kernels = encoder.run(1 + i % 9 / 50.0).trace();
        }
        LiveSample s = encoder.sample(i * 0.25, layers);
        return new LiveSample(
                s.at(),
                s.runsDone(),
                s.runsPlanned(),
                s.latency(),
                s.soFar(),
                s.throughputPerSecond(),
                s.memory(),
                s.cpuPerCore(),
                s.workerCpu(),
                s.profilerOverheadPercent(),
                s.layers(),
                s.outsideLayers(),
                kernels);
    }

    /// In KiB; 0 where the system does not tell.
    private static long resident() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(l -> l.startsWith("VmRSS:"))
                .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")))
                .sum();
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
}
