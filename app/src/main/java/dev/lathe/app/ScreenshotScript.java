package dev.lathe.app;

import dev.lathe.app.project.Action;
import dev.lathe.app.project.ColourBy;
import dev.lathe.app.project.Opening;
import dev.lathe.app.project.Project;
import dev.lathe.app.project.RunState;
import dev.lathe.app.project.Selection;
import dev.lathe.app.project.Store;
import dev.lathe.app.project.Variant;
import dev.lathe.app.project.VariantId;
import dev.lathe.app.project.VariantState;
import dev.lathe.app.shell.Settings;
import dev.lathe.app.timeline.TimelineState;
import dev.lathe.core.Diagnostic;
import dev.lathe.core.Jobs;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.embed.swing.SwingFXUtils;
import javafx.geometry.Rectangle2D;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.TextInputControl;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.Pane;
import javafx.stage.Stage;
import javax.imageio.ImageIO;

/// Brings a window to the state that a [Screenshot.Request] asks for, step by step, each when the one before is done.
final class ScreenshotScript {
    private static final long MINUTES = 10;
    /// Drawn frames after which nothing that was asked for is still to be drawn.
    private static final int SETTLED_FRAMES = 12;
    private static final double STAGE = 600;
    /// After so long a loop whose engine tells layers has told some.
    private static final Duration WITHOUT_LAYERS = Duration.ofSeconds(5);

    private final Screenshot.Request request;
    private final LatheWindow window;
    private final Stage stage;

    ScreenshotScript(Screenshot.Request request, Path configuration) throws InterruptedException, LatheException {
        this.request = request;
        Settings settings = new Settings(configuration);
        settings.set("theme", request.theme().name());
        settings.save();
        // What was measured before has no place on a picture of what is measured now.
        window = onFx(() -> Wiring.window(configuration, new Jobs(), WiredServices.services()));
        stage = onFx(() -> offScreen(window.scene(), request.width(), request.height()));
    }

    /// The window's root in a larger frame than its stage has: the headless platform's screen is fixed at 1000 by 1000
    /// and it fails on larger stages, so the stage stays small and what is drawn is not bound to it.
    private static Stage offScreen(Scene scene, int width, int height) {
        Parent content = scene.getRoot();
        Pane holder = new Pane();
        holder.getStyleClass().addAll(content.getStyleClass());
        scene.setRoot(holder);
        holder.getChildren().add(content);
        content.setManaged(false);
        content.resizeRelocate(0, 0, width, height);
        Stage stage = new Stage();
        stage.setScene(scene);
        stage.setWidth(STAGE);
        stage.setHeight(STAGE);
        stage.show();
        return stage;
    }

    void run(Path target) throws LatheException, InterruptedException, IOException {
        try {
            onFx(() -> {
                window.begin();
                Optional.ofNullable(window.scene().getRoot().lookup("#toasts"))
                        .ifPresent(t -> t.setVisible(request.toasts()));
                return true;
            });
            await(p -> p.device().isPresent());
            ScreenshotNames names = new ScreenshotNames(request, window);
            refuse(onFx(names::ofTheWindow));
            if (request.model().isPresent()) {
                open(request.model().get());
            }
            if (request.variants().isEmpty()) {
                refuse(onFx(names::ofTheModel));
            }
            for (Screenshot.NamedRecipe v : request.variants()) {
                make(v);
            }
            refuse(onFx(names::ofTheModel));
            if (request.runs() > 0) {
                measure();
            }
            onFx(this::arrange);
            jobsAreDone();
            if (!request.split().isEmpty()) {
                split();
            }
            if (request.trace().isPresent()) {
                openTrace(request.trace().get());
            }
            onFx(this::command);
            if (!window.workbench().store().state().run().running()) {
                jobsAreDone();
            }
            for (String id : request.press()) {
                frames(SETTLED_FRAMES);
                touch(id);
                if (!loops()) {
                    jobsAreDone();
                }
            }
            frames(SETTLED_FRAMES);
            write(target);
        } finally {
            onFx(() -> {
                window.end();
                stage.close();
                return true;
            });
        }
    }

    private static void refuse(Optional<Diagnostic> why) throws LatheException {
        if (why.isPresent()) {
            throw new LatheException(why.get());
        }
    }

    private void open(Path model) throws LatheException, InterruptedException {
        onFx(() -> window.workbench().open(model));
        Project p = await(q -> !(q.opening() instanceof Opening.Reading));
        if (p.opening() instanceof Opening.Failed(Path file, Diagnostic why)) {
            throw new LatheException(why);
        }
    }

    private void make(Screenshot.NamedRecipe recipe) throws LatheException, InterruptedException {
        VariantId id = onFx(() -> window.workbench().addVariant(recipe.name(), recipe.steps()));
        Project p = await(q -> q.variant(id)
                .map(v -> !(v.state() instanceof VariantState.Preparing))
                .orElse(true));
        if (p.variant(id).map(Variant::state).orElseThrow() instanceof VariantState.Failed(Diagnostic why)) {
            throw new LatheException(why);
        }
    }

    /// Measures every variant, the source last, so that it is the one that is shown.
    private void measure() throws LatheException, InterruptedException {
        for (Variant v : window.workbench().store().state().variants().reversed()) {
            onFx(() -> {
                window.workbench().store().dispatch(new Action.SelectVariant(v.id()));
                window.workbench().run(request.runs());
                return true;
            });
            Project p = await(q -> !q.run().running());
            if (p.run() instanceof RunState.Failed(VariantId id, Diagnostic why)) {
                throw new LatheException(why);
            }
        }
    }

    private boolean arrange() {
        Store store = window.workbench().store();
        request.pane()
                .or(() -> request.trace().map(t -> "timeline"))
                .ifPresent(name -> window.tabs().choose(name));
        request.colourBy().flatMap(ColourBy::named).ifPresent(c -> store.dispatch(new Action.SetColourBy(c)));
        request.expand().forEach(path -> window.graph().expand(path));
        request.select()
                .flatMap(name -> store.state().shownModel().flatMap(m -> ScreenshotNames.node(m.graph(), name)))
                .ifPresent(n -> store.dispatch(new Action.Select(Selection.node(n.id()))));
        return true;
    }

    private void openTrace(Path file) throws LatheException, InterruptedException {
        CompletableFuture<TimelineState> told = new CompletableFuture<>();
        onFx(() -> {
            window.timeline().open(file);
            return window.timeline().state().subscribe(s -> {
                if (s.file().isPresent() || s.trouble().isPresent()) {
                    told.complete(s);
                }
            });
        });
        refuse(within(told, System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES))
                .trouble());
    }

    private boolean command() {
        request.command().flatMap(id -> window.commands().find(id)).ifPresent(c -> c.run());
        return true;
    }

    /// Presses what a user would: the split tab, the boxes of the devices, and Run split.
    private void split() throws LatheException, InterruptedException {
        onFx(() -> {
            window.commands().find("split").ifPresent(c -> c.run());
            return true;
        });
        frames(SETTLED_FRAMES);
        jobsAreDone();
        for (String id : request.split()) {
            press("#device-" + id.replace(':', '-'), "device " + id);
            jobsAreDone();
        }
        if (request.runs() > 0) {
            press("#split-run", "Run split");
            jobsAreDone();
        }
    }

    /// Whether a loop without end runs now, which has told its first layers or has none to tell. It is shown while it
    /// runs: nobody would see its end.
    private boolean loops() throws LatheException, InterruptedException {
        Project p = await(q -> !q.run().running()
                || q.shownLive()
                        .latest()
                        .filter(s ->
                                s.runsPlanned() > 0 || !s.layers().isEmpty() || s.at().compareTo(WITHOUT_LAYERS) > 0)
                        .isPresent());
        return p.run().running()
                && p.shownLive().latest().filter(s -> s.runsPlanned() == 0).isPresent();
    }

    /// A button is pressed, a field written into.
    private void touch(String act) throws LatheException, InterruptedException {
        int text = act.indexOf('=');
        if (text < 0) {
            press("#" + act, "button '" + act + "'");
            return;
        }
        boolean there = onFx(() -> {
            if (window.scene().getRoot().lookup("#" + act.substring(0, text)) instanceof TextInputControl field) {
                field.setText(act.substring(text + 1));
                return true;
            }
            return false;
        });
        if (!there) {
            throw new LatheException(Diagnostic.error(
                    "not-possible", "The window has no field '" + act.substring(0, text) + "' here.", Place.nowhere()));
        }
    }

    private void press(String selector, String what) throws LatheException, InterruptedException {
        boolean there = onFx(() -> {
            if (window.scene().getRoot().lookup(selector) instanceof ButtonBase b && !b.isDisabled()) {
                b.fire();
                return true;
            }
            return false;
        });
        if (!there) {
            throw new LatheException(Diagnostic.error(
                    "not-possible", "The window offers no " + what + " for this model.", Place.nowhere()));
        }
    }

    private void jobsAreDone() throws LatheException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
        CompletableFuture<Boolean> quiet = new CompletableFuture<>();
        Runnable look = () -> {
            if (window.jobs().rows().stream().noneMatch(r -> r.open())) {
                quiet.complete(true);
            }
        };
        onFx(() -> {
            window.jobs().onRows(rows -> look.run());
            return true;
        });
        look.run();
        within(quiet, deadline);
    }

    /// Waits until the window has been drawn `count` times more with nothing left to fill.
    private void frames(int count) throws LatheException, InterruptedException {
        CompletableFuture<Boolean> drawn = new CompletableFuture<>();
        Platform.runLater(() -> new javafx.animation.AnimationTimer() {
            private int seen;

            @Override
            public void handle(long now) {
                seen = window.frames().isEmpty() ? seen + 1 : 0;
                if (seen >= count) {
                    stop();
                    drawn.complete(true);
                }
            }
        }.start());
        within(drawn, System.nanoTime() + TimeUnit.MINUTES.toNanos(1));
    }

    private void write(Path target) throws LatheException, InterruptedException, IOException {
        WritableImage image = onFx(() -> {
            SnapshotParameters all = new SnapshotParameters();
            all.setViewport(new Rectangle2D(0, 0, request.width(), request.height()));
            return window.scene()
                    .getRoot()
                    .getChildrenUnmodifiable()
                    .getFirst()
                    .snapshot(all, new WritableImage(request.width(), request.height()));
        });
        Path folder = Optional.ofNullable(target.toAbsolutePath().getParent()).orElse(Path.of("."));
        Files.createDirectories(folder);
        Path next = folder.resolve(".lathe-" + java.util.UUID.randomUUID() + ".part");
        try {
            if (!ImageIO.write(SwingFXUtils.fromFXImage(image, null), "png", next.toFile())) {
                throw new IOException("no PNG writer");
            }
            Files.move(next, target, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    private Project await(Predicate<Project> condition) throws LatheException, InterruptedException {
        CompletableFuture<Project> met = new CompletableFuture<>();
        Store store = window.workbench().store();
        Store.Subscription subscription = store.listen(p -> {
            if (condition.test(p)) {
                met.complete(p);
            }
        });
        try {
            Project now = store.state();
            if (condition.test(now)) {
                return now;
            }
            return within(met, System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES));
        } finally {
            subscription.end();
        }
    }

    private static <T> T onFx(Supplier<T> task) throws LatheException, InterruptedException {
        CompletableFuture<T> done = new CompletableFuture<>();
        Platform.runLater(() -> {
            try {
                done.complete(task.get());
            } catch (RuntimeException | Error e) {
                done.completeExceptionally(e);
            }
        });
        return within(done, System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES));
    }

    private static <T> T within(CompletableFuture<T> future, long deadline)
            throws LatheException, InterruptedException {
        try {
            return future.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the window failed", e.getCause());
        } catch (TimeoutException e) {
            throw new LatheException(
                    Diagnostic.error("timeout", "The window did not come to rest in time.", Place.nowhere()), e);
        }
    }
}
