package dev.lathe.app;

import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.target.Device;
import dev.lathe.profile.ProfileRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Everything that the window shows, as one immutable value. [Store] holds the present one.
///
/// `variants` starts with the source model and is empty while nothing is open; parents come before their
/// children. `selected` is the variant that the panes show. `dims` are the sizes of the free dimensions, of
/// which `assumedDims` were not set by the user. `device` is what Run runs on. `live` are the samples of the
/// present or last run, of variant `liveOf`.
public record Project(
        Opening opening,
        List<Variant> variants,
        VariantId selected,
        DimBindings dims,
        Set<String> assumedDims,
        Selection selection,
        ColourBy colourBy,
        Optional<Device> device,
        int threads,
        RunState run,
        LiveHistory live,
        VariantId liveOf,
        SplitState split) {
    public static final Project EMPTY = new Project(
            Opening.NOTHING,
            List.of(),
            VariantId.SOURCE,
            DimBindings.NONE,
            Set.of(),
            Selection.NONE,
            ColourBy.FLOPS,
            Optional.empty(),
            1,
            RunState.IDLE,
            LiveHistory.EMPTY,
            VariantId.SOURCE,
            SplitState.NONE);

    public Project {
        variants = List.copyOf(variants);
        assumedDims = Set.copyOf(assumedDims);
    }

    public boolean isOpen() {
        return !variants.isEmpty();
    }

    public Optional<Variant> variant(VariantId id) {
        return variants.stream().filter(v -> v.id().equals(id)).findFirst();
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

    /// The newest finished measurement of the shown variant.
    public Optional<ProfileRun> shownRun() {
        return shown().flatMap(Variant::run);
    }

    /// The live samples when they are of the shown variant.
    public LiveHistory shownLive() {
        return liveOf.equals(selected) ? live : LiveHistory.EMPTY;
    }

    public List<Variant> childrenOf(VariantId parent) {
        return variants.stream()
                .filter(v -> v.parent().equals(Optional.of(parent)))
                .toList();
    }

    public Project withOpening(Opening next) {
        return new Project(
                next,
                variants,
                selected,
                dims,
                assumedDims,
                selection,
                colourBy,
                device,
                threads,
                run,
                live,
                liveOf,
                split);
    }

    public Project withVariants(List<Variant> next) {
        return new Project(
                opening,
                next,
                selected,
                dims,
                assumedDims,
                selection,
                colourBy,
                device,
                threads,
                run,
                live,
                liveOf,
                split);
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
        return new Project(
                opening,
                variants,
                next,
                dims,
                assumedDims,
                selection,
                colourBy,
                device,
                threads,
                run,
                live,
                liveOf,
                split);
    }

    public Project withDims(DimBindings next, Set<String> assumed) {
        return new Project(
                opening, variants, selected, next, assumed, selection, colourBy, device, threads, run, live, liveOf,
                split);
    }

    public Project withSelection(Selection next) {
        return new Project(
                opening,
                variants,
                selected,
                dims,
                assumedDims,
                next,
                colourBy,
                device,
                threads,
                run,
                live,
                liveOf,
                split);
    }

    public Project withColourBy(ColourBy next) {
        return new Project(
                opening,
                variants,
                selected,
                dims,
                assumedDims,
                selection,
                next,
                device,
                threads,
                run,
                live,
                liveOf,
                split);
    }

    public Project withDevice(Device next, int nextThreads) {
        return new Project(
                opening,
                variants,
                selected,
                dims,
                assumedDims,
                selection,
                colourBy,
                Optional.of(next),
                nextThreads,
                run,
                live,
                liveOf,
                split);
    }

    /// What Run runs on, taken from another project: the machine outlives the model that is open.
    public Project withDeviceOf(Project other) {
        return other.device().map(d -> withDevice(d, other.threads())).orElse(this);
    }

    public Project withRun(RunState next) {
        return new Project(
                opening,
                variants,
                selected,
                dims,
                assumedDims,
                selection,
                colourBy,
                device,
                threads,
                next,
                live,
                liveOf,
                split);
    }

    public Project withLive(LiveHistory next, VariantId of) {
        return new Project(
                opening,
                variants,
                selected,
                dims,
                assumedDims,
                selection,
                colourBy,
                device,
                threads,
                run,
                next,
                of,
                split);
    }

    public Project withSplit(SplitState next) {
        return new Project(
                opening,
                variants,
                selected,
                dims,
                assumedDims,
                selection,
                colourBy,
                device,
                threads,
                run,
                live,
                liveOf,
                next);
    }
}
