package dev.lathe.app.project;

import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.Placement;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.RuntimeGraph;
import dev.lathe.profile.ceiling.Ceilings;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.SessionConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// Everything that the window shows, as one immutable value. [Store] holds the present one.
///
/// `variants` starts with the source model and is empty while nothing is open; parents come before their
/// children. `selected` is the variant that the panes show. `dims` are the sizes of the free dimensions, of
/// which `assumedDims` were not set by the user. `setup` is what Run runs on, and how. `live` is what is known of the
/// present or last run. `chosenColour` is what the user chose last to colour by, `heat` what
/// was chosen last that every variant has. `chosenSide` is the graph that the user chose to see. `splits` are those of
/// the variants that were split. `roofs` are what devices
/// give at most, empty where
/// that was looked for and is not known. `sweeps` are the newest ones of the variants that were measured at many sizes.
/// `file` is what was opened.
public record Project(
        Opening opening,
        List<Variant> variants,
        VariantId selected,
        DimBindings dims,
        Set<String> assumedDims,
        Selection selection,
        ColourBy chosenColour,
        ColourBy heat,
        GraphSide chosenSide,
        RunSetup setup,
        RunState run,
        LiveHistory live,
        Map<VariantId, SplitState> splits,
        Map<RunTarget, Optional<Ceilings>> roofs,
        Map<VariantId, SweepState> sweeps,
        Optional<SourceFile> file) {
    public static final Project EMPTY = new Project(
            Opening.NOTHING,
            List.of(),
            VariantId.SOURCE,
            DimBindings.NONE,
            Set.of(),
            Selection.NONE,
            ColourBy.FLOPS,
            ColourBy.FLOPS,
            GraphSide.SOURCE,
            RunSetup.UNKNOWN,
            RunState.IDLE,
            LiveHistory.EMPTY,
            Map.of(),
            Map.of(),
            Map.of(),
            Optional.empty());

    public Project {
        variants = List.copyOf(variants);
        assumedDims = Set.copyOf(assumedDims);
        splits = Map.copyOf(splits);
        roofs = Map.copyOf(roofs);
        sweeps = Map.copyOf(sweeps);
    }

    public boolean isOpen() {
        return !variants.isEmpty();
    }

    public Optional<Variant> variant(VariantId id) {
        return variants.stream().filter(v -> v.id().equals(id)).findFirst();
    }

    /// How the shown variant is split.
    public SplitState split() {
        return splitOf(selected);
    }

    /// How this variant is split.
    public SplitState splitOf(VariantId id) {
        return splits.getOrDefault(id, SplitState.NONE);
    }

    /// What Run runs on; empty until the machine was looked at.
    public Optional<Device> device() {
        return setup.device();
    }

    public int threads() {
        return setup.threads();
    }

    /// What sort of thing was opened.
    public SourceKind kind() {
        return source().flatMap(Variant::model).map(SourceKind::of).orElse(SourceKind.GRAPH);
    }

    /// The stages that the opened file places on devices.
    public Optional<Placement> placed() {
        return file.flatMap(SourceFile::placed);
    }

    /// The stages of the shown variant: as the opened file places them, or as the user splits it.
    public Optional<Placement> placement() {
        return placed().or(() -> split().placement());
    }

    /// What colours the shown variant: one that is not split has no stages to be coloured by.
    public ColourBy colourBy() {
        return chosenColour == ColourBy.STAGE && placement().isEmpty() ? heat : chosenColour;
    }

    /// The graph that the runtime made of the shown variant in its last run; empty where none is known.
    public Optional<RuntimeGraph> runtimeGraph() {
        return shownRun().flatMap(ProfileRun::runtime);
    }

    /// The same where it is what the canvas shows: a variant that was not run has its own graph only.
    public Optional<RuntimeGraph> shownRuntimeGraph() {
        return chosenSide == GraphSide.RUNTIME ? runtimeGraph() : Optional.empty();
    }

    /// `wanted`, or with a number behind it: a name that no variant has yet.
    public String freeName(String wanted) {
        String name = wanted;
        for (int i = 2; isName(name); i++) {
            name = wanted + " " + i;
        }
        return name;
    }

    private boolean isName(String name) {
        return variants.stream().anyMatch(v -> v.name().equals(name));
    }

    /// The model as it was opened.
    public Optional<Variant> source() {
        return variant(VariantId.SOURCE);
    }

    /// The variant that the panes show.
    public Optional<Variant> shown() {
        return variant(selected);
    }

    public Optional<Model> shownModel() {
        return shown().flatMap(Variant::model);
    }

    public Optional<Analysis> shownAnalysis() {
        return shown().flatMap(Variant::analysis);
    }

    /// What the shown variant is called; empty names while nothing is open.
    public ModelTitle shownTitle() {
        return shown().map(v -> ModelTitle.of(this, v)).orElse(new ModelTitle("", ""));
    }

    /// The newest finished measurement of the shown variant at the present sizes.
    public Optional<ProfileRun> shownRun() {
        return shown().flatMap(this::runOf);
    }

    /// A variant's newest finished measurement at the present sizes: times of other sizes beside the shapes and costs
    /// of these would make rates that nothing has. They come back with their sizes.
    public Optional<ProfileRun> runOf(Variant v) {
        return v.run().filter(r -> r.plan().dims().equals(dims));
    }

    /// What the shown variant was run on, or else would be.
    public Optional<RunTarget> shownTarget() {
        return shownRun().map(r -> r.plan().target()).or(this::target);
    }

    /// What the next run runs on.
    public Optional<RunTarget> target() {
        return Runner.target(this);
    }

    /// A variant's newest sweep, as long as it is of the model that the variant has.
    public Optional<SweepState> sweepOf(VariantId id) {
        return Optional.ofNullable(sweeps.get(id))
                .filter(s -> variant(id)
                        .flatMap(Variant::model)
                        .filter(m -> m == s.model())
                        .isPresent());
    }

    public Optional<SweepState> shownSweep() {
        return sweepOf(selected);
    }

    /// What the device of the shown variant gives at most, where that is known.
    public Optional<Ceilings> shownCeilings() {
        return shownTarget().flatMap(t -> Optional.ofNullable(roofs.get(t))).flatMap(c -> c);
    }

    /// The live samples when they are of the shown variant.
    public LiveHistory shownLive() {
        return live.variant().equals(selected) ? live : LiveHistory.EMPTY;
    }

    public List<Variant> childrenOf(VariantId parent) {
        return variants.stream()
                .filter(v -> v.parent().equals(Optional.of(parent)))
                .toList();
    }

    public Project withOpening(Opening next) {
        return with(e -> e.opening = next);
    }

    public Project withVariants(List<Variant> next) {
        return with(e -> e.variants = next);
    }

    /// The same instance when there is no such variant.
    public Project withVariant(VariantId id, UnaryOperator<Variant> change) {
        if (variant(id).isEmpty()) {
            return this;
        }
        List<Variant> next = new ArrayList<>(variants);
        next.replaceAll(v -> v.id().equals(id) ? change.apply(v) : v);
        return withVariants(next);
    }

    public Project withSelected(VariantId next) {
        return with(e -> e.selected = next);
    }

    public Project withDims(DimBindings next, Set<String> assumed) {
        return with(e -> {
            e.dims = next;
            e.assumedDims = assumed;
        });
    }

    public Project withSelection(Selection next) {
        return with(e -> e.selection = next);
    }

    public Project withColourBy(ColourBy next) {
        return with(e -> {
            e.chosenColour = next;
            e.heat = next == ColourBy.STAGE ? e.heat : next;
        });
    }

    Project withChosenSide(GraphSide next) {
        return with(e -> e.chosenSide = next);
    }

    Project withFile(SourceFile next) {
        return with(e -> e.file = Optional.of(next));
    }

    /// What became of the opened file, taken from another project: undo does not write it back.
    Project withFileOf(Project other) {
        return with(e -> e.file = other.file);
    }

    Project withColoursOf(Project other) {
        return with(e -> {
            e.chosenColour = other.chosenColour;
            e.heat = other.heat;
        });
    }

    Project withRunSettings(int nextThreads, SessionConfig.Level nextLevel, double nextProfiled) {
        return with(e -> e.setup = setup.with(nextThreads, nextLevel, nextProfiled));
    }

    public Project withDevice(Device next, int nextThreads) {
        return with(e -> e.setup = setup.on(next, nextThreads));
    }

    /// What Run runs on, taken from another project: the machine outlives the model that is open.
    public Project withDeviceOf(Project other) {
        return with(e -> {
            e.roofs = other.roofs;
            e.setup = other.setup;
        });
    }

    Project withCeilings(RunTarget target, Optional<Ceilings> found) {
        Map<RunTarget, Optional<Ceilings>> all = new HashMap<>(roofs);
        return found.equals(all.put(target, found)) ? this : with(e -> e.roofs = all);
    }

    /// The same instance when the sweep is the one that the variant has.
    Project withSweep(VariantId id, SweepState next) {
        Map<VariantId, SweepState> all = new HashMap<>(sweeps);
        return all.put(id, next) == next ? this : with(e -> e.sweeps = all);
    }

    /// What was measured at many sizes, taken from another project: undo takes back no measurement.
    Project withSweepsOf(Project other) {
        return with(e -> e.sweeps = other.sweeps);
    }

    public Project withRun(RunState next) {
        return with(e -> e.run = next);
    }

    public Project withLive(LiveHistory next) {
        return with(e -> e.live = next);
    }

    /// The shown variant split so.
    public Project withSplit(SplitState next) {
        Map<VariantId, SplitState> all = new HashMap<>(splits);
        all.put(selected, next);
        return with(e -> e.splits = all);
    }

    /// The variant not split.
    Project withoutSplitOf(VariantId id) {
        Map<VariantId, SplitState> all = new HashMap<>(splits);
        return all.remove(id) == null ? this : with(e -> e.splits = all);
    }

    private Project with(Consumer<Edit> change) {
        Edit edit = new Edit(this);
        change.accept(edit);
        return edit.done();
    }

    /// A project that is being changed into the next one: the one place that lists every part of it.
    private static final class Edit {
        private Opening opening;
        private List<Variant> variants;
        private VariantId selected;
        private DimBindings dims;
        private Set<String> assumedDims;
        private Selection selection;
        private ColourBy chosenColour;
        private ColourBy heat;
        private GraphSide chosenSide;
        private RunSetup setup;
        private RunState run;
        private LiveHistory live;
        private Map<VariantId, SplitState> splits;
        private Map<RunTarget, Optional<Ceilings>> roofs;
        private Map<VariantId, SweepState> sweeps;
        private Optional<SourceFile> file;

        Edit(Project from) {
            opening = from.opening;
            variants = from.variants;
            selected = from.selected;
            dims = from.dims;
            assumedDims = from.assumedDims;
            selection = from.selection;
            chosenColour = from.chosenColour;
            heat = from.heat;
            chosenSide = from.chosenSide;
            setup = from.setup;
            run = from.run;
            live = from.live;
            splits = from.splits;
            roofs = from.roofs;
            sweeps = from.sweeps;
            file = from.file;
        }

        Project done() {
            return new Project(
                    opening,
                    variants,
                    selected,
                    dims,
                    assumedDims,
                    selection,
                    chosenColour,
                    heat,
                    chosenSide,
                    setup,
                    run,
                    live,
                    splits,
                    roofs,
                    sweeps,
                    file);
        }
    }
}
