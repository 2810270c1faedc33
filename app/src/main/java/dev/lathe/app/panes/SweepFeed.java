package dev.lathe.app.panes;

import dev.lathe.app.project.Project;
import dev.lathe.app.project.Store;
import dev.lathe.app.project.SweepWork;
import dev.lathe.app.project.Variant;
import dev.lathe.app.project.VariantState;
import dev.lathe.app.project.Workbench;
import dev.lathe.app.sweep.SweepViewModel;
import dev.lathe.profile.sweep.SweepAxes;
import java.nio.file.Path;
import java.util.Optional;

/// Joins sweeps to the store: what the shown variant leaves open, and what was measured of it. On the window's thread.
public final class SweepFeed {
    private final Store store;
    private final SweepViewModel model;

    public SweepFeed(Store store, SweepWork work) {
        this.store = store;
        model = new SweepViewModel(new SweepViewModel.Owner() {
            @Override
            public void start(SweepAxes axes, int runs, Optional<Long> limit) {
                work.start(axes, runs, limit);
            }

            @Override
            public void pause() {
                work.pause();
            }

            @Override
            public void resume() {
                work.resume();
            }

            @Override
            public void cancel() {
                work.cancel();
            }

            @Override
            public void limit(Optional<Long> bytes) {
                work.limit(bytes);
            }
        });
        store.listen(this::show);
        show(store.state());
    }

    public SweepViewModel model() {
        return model;
    }

    /// The shown variant's file.
    public Optional<Path> file() {
        return store.state().shown().flatMap(Variant::ready).map(VariantState.Ready::file);
    }

    private void show(Project p) {
        model.show(p, Workbench.freeDims(p));
    }
}
