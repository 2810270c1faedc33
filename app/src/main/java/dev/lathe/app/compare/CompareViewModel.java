package dev.lathe.app.compare;

import dev.lathe.app.graph.ScopeTree;
import dev.lathe.app.layers.LayerTimes;
import dev.lathe.app.project.Project;
import dev.lathe.app.project.Variant;
import dev.lathe.app.project.VariantId;
import dev.lathe.app.project.VariantState;
import dev.lathe.graph.Graph;
import dev.lathe.graph.NodeId;
import dev.lathe.optimize.check.OutputDifference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// The Compare tab without its looks: which two variants, their layers side by side, and all variants as points.
///
/// Left is the source and right the shown variant (or the newest), until the user chooses.
public final class CompareViewModel {
    private final ReadOnlyObjectWrapper<CompareState> state = new ReadOnlyObjectWrapper<>(CompareState.EMPTY);
    private final Consumer<NodeId> select;
    private Optional<VariantId> left = Optional.empty();
    private Optional<VariantId> right = Optional.empty();
    private List<Variant> variants = List.of();
    private VariantId shown = VariantId.SOURCE;
    private Optional<ScopeTree> layers = Optional.empty();

    /// @param select told the source model's node of a picked row
    public CompareViewModel(Consumer<NodeId> select) {
        this.select = select;
    }

    public ReadOnlyObjectProperty<CompareState> state() {
        return state.getReadOnlyProperty();
    }

    /// @param sourceLayers the blocks of the source model, once they are known
    public void show(Project project, Optional<ScopeTree> sourceLayers) {
        boolean sameLayers = sourceLayers.isPresent() == layers.isPresent()
                && (layers.isEmpty() || layers.get() == sourceLayers.get());
        if (sameLayers
                && project.variants().equals(variants)
                && project.selected().equals(shown)) {
            return;
        }
        if (!project.isOpen()) {
            left = Optional.empty();
            right = Optional.empty();
        }
        variants = project.variants();
        shown = project.selected();
        layers = sourceLayers;
        refresh();
    }

    public void chooseLeft(VariantId id) {
        left = Optional.of(id);
        refresh();
    }

    public void chooseRight(VariantId id) {
        right = Optional.of(id);
        refresh();
    }

    public void swap() {
        state.get().pair().ifPresent(p -> {
            left = Optional.of(p.b().id());
            right = Optional.of(p.a().id());
            refresh();
        });
    }

    public void pick(CompareRow row) {
        row.head().ifPresent(select);
    }

    private void refresh() {
        List<Variant> ready =
                variants.stream().filter(v -> v.ready().isPresent()).toList();
        Optional<Side> a = side(ready, left).or(() -> side(ready, Optional.of(VariantId.SOURCE)));
        Optional<Side> b = side(ready, right).or(() -> automatic(ready));
        Optional<CompareState.Pair> pair =
                a.isPresent() && b.isPresent() && !a.get().id().equals(b.get().id())
                        ? sourceGraph().flatMap(g -> layers.map(t -> pair(new Comparison(g, t), a.get(), b.get())))
                        : Optional.empty();
        state.set(new CompareState(
                ready.stream()
                        .map(v -> new CompareState.Choice(v.id(), v.name()))
                        .toList(),
                pair,
                points(ready.stream().filter(v -> apart(ready, v).isEmpty()).toList(), pair),
                ready.stream().filter(v -> v.run().isEmpty()).map(Variant::name).toList(),
                ready.stream()
                        .flatMap(v -> apart(ready, v).map(why -> v.name() + " (" + why + ")").stream())
                        .toList()));
    }

    /// Why a variant's latency has no place beside that of the first one that was measured.
    private static Optional<String> apart(List<Variant> ready, Variant v) {
        return ready.stream()
                .flatMap(r -> r.run().stream())
                .findFirst()
                .flatMap(first -> v.run().flatMap(own -> own.plan().otherThan(first.plan())));
    }

    private Optional<Graph> sourceGraph() {
        return variants.stream()
                .filter(Variant::isSource)
                .findFirst()
                .flatMap(v -> v.model().map(m -> m.graph()));
    }

    private Optional<Side> automatic(List<Variant> ready) {
        Optional<Variant> wanted = ready.stream()
                .filter(v -> v.id().equals(shown) && !v.isSource())
                .findFirst();
        // One that was measured says more than one that was not.
        Optional<Variant> newest = ready.stream()
                .filter(v -> !v.isSource())
                .max(Comparator.<Variant, Boolean>comparing(v -> v.run().isPresent())
                        .thenComparing(Variant::id));
        return wanted.or(() -> newest).flatMap(CompareViewModel::side);
    }

    private static Optional<Side> side(List<Variant> ready, Optional<VariantId> id) {
        return ready.stream()
                .filter(v -> id.equals(Optional.of(v.id())))
                .findFirst()
                .flatMap(CompareViewModel::side);
    }

    private static Optional<Side> side(Variant v) {
        return v.ready()
                .map(r -> new Side(
                        v.id(),
                        v.name(),
                        r.analysis(),
                        v.run().map(LayerTimes::of).orElse(LayerTimes.NONE),
                        v.run(),
                        r.fileBytes(),
                        v.differences()));
    }

    private static CompareState.Pair pair(Comparison comparison, Side a, Side b) {
        List<CompareRow> rows = comparison.rows(a, b);
        OptionalDouble outsideA = outside(a);
        OptionalDouble outsideB = outside(b);
        return new CompareState.Pair(
                a,
                b,
                rows,
                sum(rows.stream().map(CompareRow::nanosA).toList(), outsideA),
                sum(rows.stream().map(CompareRow::nanosB).toList(), outsideB),
                outsideA,
                outsideB,
                rows.stream().mapToDouble(CompareRow::bytesA).sum(),
                rows.stream().mapToDouble(CompareRow::bytesB).sum(),
                rows.stream()
                        .mapToDouble(r -> Math.abs(r.nanosChange().orElse(0)))
                        .max()
                        .orElse(0),
                worst(b.differences()));
    }

    private static OptionalDouble outside(Side side) {
        Optional<Duration> o = side.times().outside();
        return o.isPresent() ? OptionalDouble.of(o.get().toNanos()) : OptionalDouble.empty();
    }

    private static OptionalDouble sum(List<OptionalDouble> parts, OptionalDouble outside) {
        return outside.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(parts.stream().mapToDouble(p -> p.orElse(0)).sum() + outside.getAsDouble());
    }

    private static Optional<OutputDifference> worst(List<OutputDifference> differences) {
        return differences.stream().min(Comparator.comparingDouble(OutputDifference::cosine));
    }

    private static List<VariantPoint> points(List<Variant> ready, Optional<CompareState.Pair> pair) {
        List<VariantPoint> points = new ArrayList<>();
        for (Variant v : ready) {
            VariantState.Ready r = v.ready().orElseThrow();
            Optional<OutputDifference> worst = worst(v.differences());
            OptionalDouble cosine = v.isSource()
                    ? OptionalDouble.of(1)
                    : worst.isPresent() ? OptionalDouble.of(worst.get().cosine()) : OptionalDouble.empty();
            boolean chosen = pair.map(p -> p.b().id().equals(v.id())).orElse(false);
            points.add(new VariantPoint(
                    v.id(),
                    v.name(),
                    r.fileBytes(),
                    v.run().map(x -> x.latency().p50()),
                    cosine,
                    chosen));
        }
        return points;
    }
}
