package dev.lathe.app.packs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.app.project.Store;
import dev.lathe.app.project.Workbench;
import dev.lathe.core.Diagnostic;
import dev.lathe.core.Jobs;
import dev.lathe.core.Place;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The dialog's packs: what is done about them goes on in the background, and is told.
class PacksViewModelTest {
    private static final int PATIENCE_SECONDS = 30;

    private final FakeShelf shelf = new FakeShelf();
    /// One thread, as the window has one; what comes after its end is dropped, as the toolkit drops it.
    private final ExecutorService ui = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new ThreadPoolExecutor.DiscardPolicy());
    private final CountDownLatch changed = new CountDownLatch(1);
    private final Workbench workbench = new Workbench(new Store(Runnable::run), new Jobs(), shelf.services());
    private final PacksViewModel model = new PacksViewModel(workbench, ui, changed::countDown);

    @AfterEach
    void close() {
        workbench.close();
        ui.shutdownNow();
    }

    /// Does it where the window would, and waits until the pack's row is so.
    private PackRow after(Runnable act, Predicate<PackRow> so) throws Exception {
        CountDownLatch met = new CountDownLatch(1);
        ui.submit(() -> {
                    model.rows().addListener((o, before, rows) -> {
                        if (row().filter(so).isPresent()) {
                            met.countDown();
                        }
                    });
                    act.run();
                })
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(met.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return ui.submit(() -> row().orElseThrow()).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private Optional<PackRow> row() {
        return model.rows().get().stream().filter(r -> r.id().equals("webgpu")).findFirst();
    }

    private PackRow looked() throws Exception {
        return after(model::look, r -> true);
    }

    @Test
    void aPackThatIsNotHereCanBeAddedAndTellsWhatThatTakes() throws Exception {
        PackRow row = looked();
        assertThat(row.standing()).isEqualTo(PackRow.Standing.ABSENT);
        assertThat(row.canAdd()).isTrue();
        assertThat(row.canRemove()).isFalse();
        assertThat(row.detail()).contains("112 MB");
        assertThat(model.rows().get().getFirst().canRemove())
                .as("the CPU is a part of Lathe")
                .isFalse();
    }

    @Test
    void addingTellsItsStepsAndThenThePackIsReady() throws Exception {
        looked();
        PackRow going = after(
                () -> model.obtain("webgpu"),
                r -> r.working().filter(w -> w.fraction() == 0.25).isPresent());
        assertThat(going.working().orElseThrow().step()).isEqualTo("unpacking");
        PackRow ready = after(shelf.released::countDown, r -> r.standing() == PackRow.Standing.READY);
        assertThat(ready.working()).isEmpty();
        assertThat(ready.canRemove()).isTrue();
        assertThat(changed.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("devices are looked for again")
                .isTrue();
        assertThat(after(() -> model.remove("webgpu"), r -> r.standing() == PackRow.Standing.ABSENT)
                        .canAdd())
                .isTrue();
    }

    @Test
    void aCancelEndsTheJobAndChangesNothing() throws Exception {
        looked();
        after(() -> model.obtain("webgpu"), r -> r.working().isPresent());
        PackRow row = after(() -> model.cancel("webgpu"), r -> r.working().isEmpty());
        assertThat(row.standing()).isEqualTo(PackRow.Standing.ABSENT);
        assertThat(row.trouble()).isEmpty();
        assertThat(changed.getCount()).isEqualTo(1);
    }

    @Test
    void whatWentWrongIsToldAtThePackUntilTheNextTry() throws Exception {
        looked();
        shelf.refused = Optional.of(Diagnostic.error("client-missing", "npm is not installed.", Place.nowhere()));
        shelf.released.countDown();
        PackRow failed = after(() -> model.obtain("webgpu"), r -> r.trouble().isPresent());
        assertThat(failed.trouble().orElseThrow()).contains("npm is not installed");
        assertThat(failed.canAdd()).isTrue();
        shelf.refused = Optional.empty();
        assertThat(after(() -> model.obtain("webgpu"), r -> r.standing() == PackRow.Standing.READY)
                        .trouble())
                .isEmpty();
    }

    @Test
    void aFileThatIsNoPackageIsRefusedByName() throws Exception {
        looked();
        PackRow failed = after(
                () -> model.add("webgpu", Path.of("page.html")),
                r -> r.trouble().isPresent());
        assertThat(failed.trouble().orElseThrow()).contains("page.html", "no package");
    }
}
