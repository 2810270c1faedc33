package dev.lathe.app.project;

import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.optimize.Recipe;
import dev.lathe.profile.LatencyStats;
import dev.lathe.profile.ProfileRun;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// The pure function (project, action) → project. Returns the same instance when the action changes nothing.
public final class Reducer {
    private Reducer() {}

    public static Project apply(Project p, Action action) {
        return switch (action) {
            case Action.OpenModel a -> p.withOpening(new Opening.Reading(a.opening(), a.file()));
            case Action.CloseModel a -> Project.EMPTY.withColoursOf(p).withDeviceOf(p);
            case Action.Select a -> a.selection().equals(p.selection()) ? p : p.withSelection(a.selection());
            case Action.SetColourBy a -> a.quantity() == p.colourBy() ? p : p.withColourBy(a.quantity());
            case Action.ShowGraph a -> a.side() == p.chosenSide() ? p : p.withChosenSide(a.side());
            case Action.SelectVariant a -> selectVariant(p, a.variant());
            case Action.ChooseDevice a -> p.withDevice(a.device(), a.threads());
            case Action.SetRunSettings a ->
                a.threads() == p.threads()
                                && a.level() == p.setup().level()
                                && a.profiledPerSecond() == p.setup().profiledPerSecond()
                        ? p
                        : p.withRunSettings(a.threads(), a.level(), a.profiledPerSecond());
            case Action.SetDims a -> setDims(p, a.dims());
            case Action.AddVariant a -> addVariant(p, a);
            case Action.ChangeRecipe a -> changeRecipe(p, a);
            case Action.RenameVariant a -> p.withVariant(a.variant(), v -> v.withName(a.name()));
            case Action.RemoveVariant a -> removeVariant(p, a.variant());
            case Action.SetSplit a -> p.withSplit(a.split());
            case Action.StartRun a -> startRun(p, a);
            case Action.StartSweep a -> p.withSweep(a.variant(), a.sweep());
            case Action.LimitSweep a -> changed(p, a.variant(), s -> s.within(a.bytes()));
            case Action.StopRun a ->
                p.run() instanceof RunState.Running(Attempt run, VariantId v, boolean stopping) && !stopping
                        ? p.withRun(new RunState.Running(run, v, true))
                        : p;
            case Action.ModelOpened a -> opened(p, a);
            case Action.OpeningFailed a ->
                awaits(p, a.opening()) ? p.withOpening(new Opening.Failed(a.file(), a.why())) : p;
            case Action.OpeningCancelled a -> awaits(p, a.opening()) ? p.withOpening(before(p)) : p;
            case Action.MakingBegun a ->
                p.withVariant(
                        a.variant(),
                        v -> v.state() instanceof VariantState.Preparing(Attempt old, Optional<Model> before)
                                ? v.withState(new VariantState.Preparing(a.making(), before))
                                : v);
            case Action.VariantReady a -> made(p, a.variant(), a.making(), a.state());
            case Action.VariantFailed a -> made(p, a.variant(), a.making(), new VariantState.Failed(a.why()));
            case Action.AnalysisArrived a ->
                p.withVariant(
                        a.variant(),
                        v -> v.ready()
                                .filter(r -> r.model() == a.analysis().model())
                                .map(r -> v.withState(r.withAnalysis(a.analysis())))
                                .orElse(v));
            case Action.OutputsCompared a ->
                isOf(p, a.variant(), a.model())
                        ? p.withVariant(a.variant(), v -> v.withDifferences(a.differences()))
                        : p;
            case Action.OperatorsFound a -> isOf(p, a.variant(), a.program()) ? withOperators(p, a) : p;
            case Action.SourceReplaced a -> isOf(p, VariantId.SOURCE, a.original()) ? replaced(p, a) : p;
            case Action.SampleArrived a -> sample(p, a);
            case Action.MeasurementArrived a -> isOf(p, a.variant(), a.model()) ? measured(p, a) : p;
            case Action.KeptArrived a -> isOf(p, a.variant(), a.model()) ? kept(p, a) : p;
            case Action.KeptDamaged a ->
                isOf(p, VariantId.SOURCE, a.model())
                        ? p.file().map(f -> p.withFile(f.damaged(a.troubles()))).orElse(p)
                        : p;
            case Action.ShowKept a ->
                setDims(
                        p.withVariant(a.variant(), v -> v.withRun(a.run())),
                        a.run().plan().dims());
            case Action.SweepPointArrived a ->
                changed(p, a.variant(), s -> s.attempt().equals(a.sweep()) && s.running() ? s.with(a.result()) : s);
            case Action.SweepEnded a -> changed(p, a.variant(), s -> ended(s, a));
            case Action.CeilingsArrived a -> p.withCeilings(a.target(), a.ceilings());
            case Action.RunEnded a -> runEnded(p, a);
        };
    }

    /// By attempt rather than by file: the same file may have been asked for again meanwhile.
    private static boolean awaits(Project p, Attempt opening) {
        return p.opening() instanceof Opening.Reading r && r.attempt().equals(opening);
    }

    private static Project made(Project p, VariantId id, Attempt making, VariantState state) {
        Optional<VariantState.Preparing> awaited = p.variant(id)
                .flatMap(v -> v.state() instanceof VariantState.Preparing s ? Optional.of(s) : Optional.empty())
                .filter(s -> s.attempt().equals(making));
        if (awaited.isEmpty()) {
            return p;
        }
        Project next = p.withVariant(id, v -> v.withState(state));
        return id.equals(p.selected()) && awaited.get().before().isPresent()
                ? next.withSelection(
                        SelectionThere.of(p.selection(), awaited.get().before(), next.shownModel()))
                : next;
    }

    private static Opening before(Project p) {
        return p.file().<Opening>map(f -> new Opening.Opened(f.path())).orElse(Opening.NOTHING);
    }

    private static Project opened(Project p, Action.ModelOpened a) {
        if (!awaits(p, a.opening())) {
            return p; // another file was asked for meanwhile
        }
        Variant source = new Variant(
                VariantId.SOURCE,
                "original",
                Optional.empty(),
                Recipe.EMPTY,
                new VariantState.Ready(a.analysis().model(), a.analysis(), a.file(), a.fileBytes(), List.of()),
                Optional.empty(),
                List.of(),
                List.of());
        return Project.EMPTY
                .withColourBy(ColourBy.FLOPS)
                .withDeviceOf(p)
                .withOpening(new Opening.Opened(a.file()))
                .withVariants(List.of(source))
                .withDims(a.analysis().dims(), a.assumed())
                .withFile(new SourceFile(a.file(), a.placed(), Optional.empty(), List.of()));
    }

    private static Project replaced(Project p, Action.SourceReplaced a) {
        return p.file()
                .map(f -> p.withFile(f.replaced(a.by())))
                .orElse(p)
                .withVariant(
                        VariantId.SOURCE,
                        v -> v.ready().map(r -> v.withState(r.at(a.copy()))).orElse(v));
    }

    private static Project withOperators(Project p, Action.OperatorsFound a) {
        return p.withVariant(
                a.variant(),
                v -> v.ready()
                        .map(r -> v.withState(new VariantState.Ready(
                                a.analysis().model(), a.analysis(), r.file(), r.fileBytes(), r.remarks())))
                        .orElse(v));
    }

    private static Project setDims(Project p, DimBindings dims) {
        if (dims.equals(p.dims())) {
            return p;
        }
        Set<String> assumed = new HashSet<>(p.assumedDims());
        assumed.removeIf(d ->
                !java.util.Objects.equals(dims.sizes().get(d), p.dims().sizes().get(d)));
        return p.withDims(dims, assumed);
    }

    private static Project kept(Project p, Action.KeptArrived a) {
        Project next = p.withVariant(a.variant(), v -> v.withKeptBefore(a.runs()));
        return p.sweepOf(a.variant()).isPresent()
                ? next
                : a.sweep().map(s -> next.withSweep(a.variant(), s)).orElse(next);
    }

    private static Project addVariant(Project p, Action.AddVariant a) {
        if (p.variant(a.variant()).isPresent() || p.variant(a.parent()).isEmpty()) {
            return p;
        }
        List<Variant> next = new ArrayList<>(p.variants());
        next.add(new Variant(
                a.variant(),
                a.name(),
                Optional.of(a.parent()),
                a.recipe(),
                VariantState.Preparing.NEW,
                Optional.empty(),
                List.of(),
                List.of()));
        return p.withVariants(next);
    }

    private static Project changeRecipe(Project p, Action.ChangeRecipe a) {
        if (p.variant(a.variant())
                .filter(v -> !v.isSource() && !v.recipe().equals(a.recipe()))
                .isEmpty()) {
            return p;
        }
        return Facts.withoutRunOf(
                a.variant(),
                p.withVariant(a.variant(), v -> v.withRecipe(a.recipe())).withoutSplitOf(a.variant()));
    }

    private static Project removeVariant(Project p, VariantId id) {
        if (id.equals(VariantId.SOURCE) || p.variant(id).isEmpty()) {
            return p;
        }
        Set<VariantId> gone = new HashSet<>(Set.of(id));
        // Parents come before their children, so one walk finds them all.
        p.variants().forEach(v -> v.parent().filter(gone::contains).ifPresent(parent -> gone.add(v.id())));
        Project next = Facts.ofVariantsThere(p.withVariants(
                p.variants().stream().filter(v -> !gone.contains(v.id())).toList()));
        return gone.contains(p.selected()) ? selectVariant(next, VariantId.SOURCE) : next;
    }

    private static Project selectVariant(Project p, VariantId id) {
        Optional<Variant> wanted = p.variant(id);
        if (wanted.isEmpty() || id.equals(p.selected())) {
            return p;
        }
        return p.withSelected(id)
                .withSelection(SelectionThere.of(
                        p.selection(), p.shownModel(), wanted.get().model()));
    }

    /// Whether the variant is still of this model: every opened file's source has the same id.
    private static boolean isOf(Project p, VariantId id, Model model) {
        return p.variant(id).flatMap(Variant::model).filter(m -> m == model).isPresent();
    }

    private static Project startRun(Project p, Action.StartRun a) {
        VariantId id = a.variant();
        if (p.run().running() || p.variant(id).flatMap(Variant::ready).isEmpty()) {
            return p;
        }
        return p.withRun(new RunState.Running(a.run(), id, false)).withLive(LiveHistory.of(a.run(), id));
    }

    private static Project sample(Project p, Action.SampleArrived a) {
        // What a run does while it is being stopped says nothing about the model.
        boolean counts = p.run() instanceof RunState.Running r
                && r.attempt().equals(a.run())
                && !r.stopping()
                && p.live().isOf(a.run());
        if (!counts) {
            return p;
        }
        Project next = p.withLive(p.live().with(a.sample()));
        // The first numbers of a model's first run are what the user waits for: show them.
        boolean first = p.live().latest().isEmpty()
                && p.variants().stream().allMatch(v -> v.run().isEmpty());
        return first && p.colourBy() == ColourBy.FLOPS ? next.withColourBy(ColourBy.TIME) : next;
    }

    private static Project measured(Project p, Action.MeasurementArrived a) {
        ProfileRun result = a.result();
        Project next = p.withVariant(
                a.variant(),
                v -> (v.run().filter(r -> saysMore(r, result)).isPresent() ? v : v.withRun(result)).withKept(result));
        return p.live().isOf(a.run()) ? next.withLive(p.live().withResult(a.result())) : next;
    }

    /// Whether the earlier measurement stays: a run that broke off takes the place of none that was finished, and of
    /// one that broke off, too, only with enough runs of its own.
    private static boolean saysMore(ProfileRun earlier, ProfileRun next) {
        int runs = next.latency().runs();
        return next.brokenOff().isPresent()
                && (earlier.brokenOff().isEmpty()
                        || runs < LatencyStats.ENOUGH
                                && runs < earlier.latency().runs());
    }

    private static Project changed(Project p, VariantId id, UnaryOperator<SweepState> change) {
        return p.sweepOf(id).map(s -> p.withSweep(id, change.apply(s))).orElse(p);
    }

    /// A paused sweep is ended by the user alone.
    private static SweepState ended(SweepState s, Action.SweepEnded a) {
        boolean counts = s.attempt().equals(a.sweep())
                && (s.running() || s.phase() == SweepState.Phase.PAUSED && a.phase() == SweepState.Phase.ENDED);
        return counts ? s.in(a.phase()) : s;
    }

    /// The end of what runs ends the running, whatever became of the variant.
    private static Project runEnded(Project p, Action.RunEnded a) {
        if (!(p.run() instanceof RunState.Running r) || !r.attempt().equals(a.run())) {
            return p;
        }
        return p.withRun(a.why()
                .filter(w -> p.variant(r.variant()).isPresent())
                .<RunState>map(w -> new RunState.Failed(r.variant(), w))
                .orElse(RunState.IDLE));
    }
}
