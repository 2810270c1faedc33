package dev.lathe.app.findings;

import dev.lathe.app.project.Action;
import dev.lathe.app.project.Project;
import dev.lathe.app.project.Selection;
import dev.lathe.app.project.SweepState;
import dev.lathe.app.project.Variant;
import dev.lathe.app.project.Workbench;
import dev.lathe.core.Lane;
import dev.lathe.profile.sweep.SweepResult;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/// Keeps the Findings tab and the store in step: which run is looked at, and what is selected.
public final class FindingsFeed {
    private FindingsFeed() {}

    /// The tab's view model, tied to the workbench's store. On the window's thread, as `ui` is.
    public static FindingsViewModel of(Workbench workbench, Executor ui) {
        FindingsViewModel model = new FindingsViewModel(
                work -> workbench.jobs().submit(Lane.UPKEEP, "Looking at the run", context -> {
                    work.run();
                    return true;
                }),
                ui,
                workbench.services().compression().passes(),
                node -> workbench.store().dispatch(new Action.Select(Selection.node(node))));
        model.onSet(workbench::setRun);
        workbench.store().observe(FindingsFeed::looked, l -> l.ifPresentOrElse(model::show, model::showNothing));
        workbench.store().observe(Project::selection, model::selectionChanged);
        return model;
    }

    private static Optional<FindingsViewModel.Looked> looked(Project p) {
        return p.shown()
                .flatMap(Variant::ready)
                .map(r -> new FindingsViewModel.Looked(
                        r.analysis(),
                        r.file(),
                        p.shownRun(),
                        p.shownCeilings(),
                        p.shownSweep().map(FindingsFeed::measured).orElse(List.of())));
    }

    /// Points of a sweep that goes on say nothing yet.
    private static List<SweepResult.Measured> measured(SweepState sweep) {
        return sweep.running()
                ? List.of()
                : sweep.results().stream()
                        .flatMap(r -> r instanceof SweepResult.Measured m ? Stream.of(m) : Stream.empty())
                        .toList();
    }
}
