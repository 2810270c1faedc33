package dev.lathe.app.panes;

import dev.lathe.app.graph.GraphViewModel;
import dev.lathe.app.graph.ScopeTree;
import dev.lathe.app.graph.ScopeTrees;
import dev.lathe.app.panes.SplitMeasurements.Placed;
import dev.lathe.app.project.Action;
import dev.lathe.app.project.ColourBy;
import dev.lathe.app.project.FileNames;
import dev.lathe.app.project.Notice;
import dev.lathe.app.project.Project;
import dev.lathe.app.project.Services;
import dev.lathe.app.project.SplitState;
import dev.lathe.app.project.Variant;
import dev.lathe.app.project.VariantState;
import dev.lathe.app.project.Workbench;
import dev.lathe.app.split.Cuts;
import dev.lathe.app.split.DeviceChoice;
import dev.lathe.app.split.MeasuredSplit;
import dev.lathe.app.split.PipelineCutList;
import dev.lathe.app.split.SplitViewModel;
import dev.lathe.app.split.SplitWork;
import dev.lathe.core.Diagnostic;
import dev.lathe.core.Job;
import dev.lathe.core.Lane;
import dev.lathe.core.Outcome;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.graph.target.Placement;
import dev.lathe.optimize.partition.LayerTimes;
import dev.lathe.optimize.partition.PipelineCuts;
import dev.lathe.optimize.partition.TransferModel;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.engine.Availability;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// Joins splitting to the store: which cuts the shown variant has, the borders that the user decides on, the runs that
/// measure them. On the window's thread.
public final class SplitFeed {
    private final Workbench workbench;
    private final SplitWork work;
    private final Executor window;
    private final Executor frames;
    private final BlockTrees trees;
    private final SplitViewModel split;
    private Optional<Source> source = Optional.empty();
    private final SplitMeasurements measurements = new SplitMeasurements();
    private Optional<Placed> shown = Optional.empty();
    private Optional<Job<List<Integer>>> search = Optional.empty();
    private TransferModel handOver = TransferModel.BETWEEN_WORKERS;
    private boolean calibrated;
    private boolean looked;

    /// What the cuts were made from; other cuts are made when one of it changes.
    private record Source(Analysis analysis, ScopeTree tree, Optional<ProfileRun> run) {
        boolean same(Source other) {
            return analysis == other.analysis
                    && tree == other.tree
                    && run.isPresent() == other.run.isPresent()
                    && (run.isEmpty() || run.get() == other.run.get());
        }
    }

    public SplitFeed(
            Workbench workbench,
            SplitWork work,
            GraphViewModel graph,
            Executor window,
            Executor frames,
            ScopeTrees scopes) {
        this.workbench = workbench;
        this.work = work;
        this.window = window;
        this.frames = frames;
        trees = new BlockTrees(workbench.jobs(), window, scopes);
        split = new SplitViewModel(new SplitViewModel.Owner() {
            @Override
            public void findBorders(Cuts cuts, List<Device> devices, Consumer<Optional<List<Integer>>> then) {
                searchBorders(cuts, devices, then);
            }

            @Override
            public void decide(SplitState next, boolean goesOn) {
                decided(next, goesOn);
            }

            @Override
            public void undo() {
                if (undoBlocked(workbench.store().state()).isEmpty()) {
                    workbench.store().undo();
                }
            }
        });
        graph.onBorderMoved(split::moveBorderToNode);
        graph.borderPlate(split::plate);
        // One plan for panel, schedule and canvas: the one in the store may have been predicted from an older run.
        split.plan().addListener((o, before, now) -> graph.expected(now.prediction()));
        workbench.store().listen(this::show);
        show(workbench.store().state());
    }

    public SplitViewModel model() {
        return split;
    }

    private void decided(SplitState next, boolean goesOn) {
        boolean first = next.isSplit() && !workbench.store().state().split().isSplit();
        workbench.store().dispatch(new Action.SetSplit(next, goesOn));
        if (first && next.placement().isPresent()) {
            workbench.store().dispatch(new Action.SetColourBy(ColourBy.STAGE));
        }
    }

    private void show(Project p) {
        if (p.isOpen() && !looked) {
            looked = true;
            workbench.submit(
                    Lane.UPKEEP,
                    "Look for devices to split over",
                    c -> workbench.services().machine().devices(),
                    found -> window.execute(() -> frames.execute(() -> showDevices(found))));
        }
        Optional<Analysis> analysis = p.shownAnalysis().filter(a -> p.kind().canBeChanged());
        Optional<ScopeTree> tree = analysis.flatMap(
                a -> trees.of(a.model().graph(), () -> show(workbench.store().state())));
        Optional<Source> next = tree.map(t -> new Source(analysis.orElseThrow(), t, p.shownRun()));
        boolean same = next.isPresent() == source.isPresent()
                && (next.isEmpty() || next.get().same(source.orElseThrow()));
        if (source.filter(s -> next.filter(n -> n.tree() == s.tree()).isEmpty()).isPresent()) {
            // Cuts of another graph say nothing about this one's borders.
            split.showCuts(analysis.isPresent(), Optional.empty(), true, OptionalDouble.empty());
        }
        measurements.follow(p);
        Placed now = Placed.of(p);
        if (!shown.equals(Optional.of(now))) {
            shown = Optional.of(now);
            split.showSplit(p.split(), measurements.of(p));
        }
        split.showUndo(undoBlocked(p));
        if (!same) {
            source = next;
            next.ifPresent(this::findCuts);
        }
    }

    /// Why the last step is no move of a border that could be taken back.
    private Optional<String> undoBlocked(Project p) {
        Optional<SplitState> before =
                workbench.store().beforeLastStep().filter(b -> b.isOpen()).map(b -> b.splitOf(p.selected()));
        boolean moved = before.map(b -> b.devices().equals(p.split().devices())
                        && b.borders().size() == p.split().borders().size()
                        && !b.borders().equals(p.split().borders()))
                .orElse(false);
        return moved
                ? Optional.empty()
                : Optional.of(
                        workbench.store().canUndo()
                                ? "The last step was not the move of a border: Undo in the toolbar takes it back."
                                : "No border was moved yet.");
    }

    private void showDevices(List<Services.MachineDevice> found) {
        split.showDevices(found.stream()
                .filter(d -> d.device().kind() != DeviceKind.CPU || found.size() == 1)
                .map(d -> new DeviceChoice(
                        d.device(),
                        switch (d.availability()) {
                            case Availability.Ready r -> Optional.<String>empty();
                            case Availability.Missing(String reason, String remedy) ->
                                Optional.of(reason + " " + remedy);
                        }))
                .toList());
    }

    /// Where a large graph can be cut takes longer to find than a frame.
    private void findCuts(Source s) {
        TransferModel transfer = handOver;
        Job<Cuts> job = workbench
                .jobs()
                .submit(
                        Lane.UPKEEP,
                        "Find where the model can be cut",
                        c -> new PipelineCutList(
                                s.analysis(), PipelineCuts.of(s.analysis(), times(s), transfer), s.tree()));
        OptionalDouble unsplit =
                s.run().map(r -> OptionalDouble.of(r.throughputPerSecond())).orElse(OptionalDouble.empty());
        job.outcome()
                .thenAcceptAsync(
                        o -> {
                            if (o instanceof Outcome.Done<Cuts>(Cuts cuts) && source.isPresent() && source.get() == s) {
                                split.showCuts(true, Optional.of(cuts), s.run().isEmpty(), unsplit);
                            }
                        },
                        window);
    }

    /// The newest choice wins: a search before it is given up.
    private void searchBorders(Cuts cuts, List<Device> devices, Consumer<Optional<List<Integer>>> then) {
        search.ifPresent(Job::cancel);
        calibrate(devices);
        Job<List<Integer>> job = workbench
                .jobs()
                .submit(
                        Lane.UPKEEP,
                        "Find the best borders for " + devices.size() + " stages",
                        c -> cuts.best(devices, c));
        search = Optional.of(job);
        job.outcome().thenAcceptAsync(o -> then.accept(borders(o)), window);
    }

    /// Once in a window, for the first devices that are chosen; where it fails the usual figures stay.
    private void calibrate(List<Device> devices) {
        if (calibrated) {
            return;
        }
        calibrated = true;
        Job<TransferModel> job = workbench
                .jobs()
                .submit(Lane.DEVICE, "Measure what handing tensors over costs", c -> work.handOver(devices, c));
        job.outcome()
                .thenAcceptAsync(
                        o -> {
                            if (o instanceof Outcome.Done<TransferModel>(TransferModel here)) {
                                handOver = here;
                                source.ifPresent(this::findCuts);
                            }
                        },
                        window);
    }

    private Optional<List<Integer>> borders(Outcome<List<Integer>> outcome) {
        return switch (outcome) {
            case Outcome.Done<List<Integer>>(List<Integer> found) -> Optional.of(found);
            case Outcome.Cancelled<List<Integer>> c -> Optional.empty();
            case Outcome.Failed<List<Integer>>(Diagnostic why, Optional<Throwable> cause) -> {
                workbench.tell(new Notice(Notice.Kind.ERROR, "No borders were found", why.line(), List.of()));
                yield Optional.empty();
            }
        };
    }

    private static LayerTimes times(Source s) {
        return s.run()
                .map(r -> LayerTimes.measured(
                                r.wholeTimes(s.analysis().model().graph()),
                                r.plan().target().threads())
                        .within(r.latency().p50()))
                .orElseGet(() -> LayerTimes.estimated(s.analysis()));
    }

    /// Runs the stages as they are placed now; the result is shown whenever they are placed so.
    public void run() {
        Project p = workbench.store().state();
        Optional<VariantState.Ready> ready = p.shown().flatMap(Variant::ready);
        Optional<Placement> placement = p.split().placement();
        if (ready.isEmpty() || placement.isEmpty()) {
            return;
        }
        VariantState.Ready r = ready.get();
        split.showBusy(true);
        Job<MeasuredSplit> job = workbench
                .jobs()
                .submit(
                        Lane.DEVICE,
                        "Run " + p.shown().map(Variant::name).orElse("") + " in "
                                + placement.get().stages().size() + " stages",
                        c -> work.run(r.model(), r.analysis(), placement.get(), r.file(), c));
        Model opened = p.source().flatMap(Variant::model).orElseThrow();
        job.outcome().thenAcceptAsync(o -> ended(o, opened, Placed.of(p)), window);
    }

    private void ended(Outcome<MeasuredSplit> outcome, Model opened, Placed of) {
        split.showBusy(false);
        switch (outcome) {
            case Outcome.Done<MeasuredSplit>(MeasuredSplit m) -> {
                Project p = workbench.store().state();
                // Of a model that was closed meanwhile nobody wants to know.
                if (p.source()
                        .flatMap(Variant::model)
                        .filter(it -> it == opened)
                        .isPresent()) {
                    measurements.keep(of, m);
                    split.showSplit(p.split(), measurements.of(p));
                }
            }
            case Outcome.Cancelled<MeasuredSplit> c -> {
                // The user knows.
            }
            case Outcome.Failed<MeasuredSplit>(Diagnostic why, Optional<Throwable> cause) ->
                workbench.tell(new Notice(Notice.Kind.ERROR, "The split run failed", why.line(), List.of()));
        }
    }

    /// Writes the stages' files into a folder.
    public void export(Path folder) {
        Project p = workbench.store().state();
        Optional<VariantState.Ready> ready = p.shown().flatMap(Variant::ready);
        Optional<Placement> placement = p.split().placement();
        if (ready.isEmpty() || placement.isEmpty()) {
            return;
        }
        VariantState.Ready r = ready.get();
        String base = FileNames.of(p, p.shown().orElseThrow());
        workbench.submit(
                Lane.BACKGROUND,
                "Export the stages of " + base,
                c -> work.export(r.model(), r.analysis(), placement.get(), folder, base, c),
                files -> workbench.tell(new Notice(
                        Notice.Kind.SUCCESS,
                        "Exported " + files.size() + " stages",
                        folder.toAbsolutePath().toString(),
                        List.of())));
    }
}
