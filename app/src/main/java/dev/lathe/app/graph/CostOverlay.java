package dev.lathe.app.graph;

import dev.lathe.app.graph.GraphLayout.Box;
import dev.lathe.app.graph.ScopeTree.Item;
import dev.lathe.app.graph.ScopeTree.Leaf;
import dev.lathe.app.graph.ScopeTree.Scope;
import dev.lathe.app.project.ColourBy;
import dev.lathe.app.project.DeviceWords;
import dev.lathe.app.project.TensorCopy;
import dev.lathe.app.ui.Heat;
import dev.lathe.app.ui.Numbers;
import dev.lathe.app.ui.Palette;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.target.Placement;
import dev.lathe.graph.target.Stage;
import dev.lathe.profile.OpStats;
import dev.lathe.profile.engine.ExecutionProvider;
import dev.lathe.profile.placed.PlacedModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// What colours mean on the canvas at this moment: of the [LayerAmounts], the legend's scale, and of the categories. An
/// amount that is not known is never drawn as a small one.
final class CostOverlay {
    /// A piece of a cost strip: its part of the block's width, and its colour.
    record Piece(double part, int rgb) {}

    /// One category of the legend.
    record Category(String name, int index) {}

    final ColourBy by;
    final OptionalDouble total;
    /// The share of the total at the hot end of the legend.
    final double legendMax;
    final List<Category> categories = new ArrayList<>();
    /// What the wires carry between devices.
    final WireCopies copies;

    private final GraphScene scene;
    private final Map<NodeId, OpStats> layers;
    private final boolean dark;
    private final Map<NodeId, Integer> stageOf = new HashMap<>();
    private final Map<NodeId, String> deviceOf = new HashMap<>();
    private final LayerAmounts amounts;
    private final Map<String, Integer> categoryIndex = new HashMap<>();
    private final Map<String, List<Piece>> strips = new HashMap<>();
    private Optional<CostOverlay> before = Optional.empty();
    private double faded = 1;

    CostOverlay(
            GraphScene scene,
            Map<NodeId, OpStats> layers,
            Duration wholeRun,
            Optional<Placement> placement,
            List<TensorCopy> copies,
            ColourBy by,
            boolean dark) {
        this.scene = scene;
        this.copies = WireCopies.of(scene, copies);
        this.layers = layers;
        this.by = by;
        this.dark = dark;
        amounts = new LayerAmounts(scene, layers, by);
        if (by == ColourBy.STAGE) {
            for (Stage s : placement.map(Placement::stages).orElse(List.of())) {
                categories.add(new Category(
                        "Stage " + (s.index() + 1) + " · " + s.device().name(), s.index()));
                s.nodes().forEach(n -> stageOf.put(n, s.index()));
            }
        }
        if (by == ColourBy.DEVICE && scene.analysis().model().format().equals(PlacedModel.FORMAT)) {
            // Of a placed model the stages' devices are what it runs on, not what it might run on.
            placement.ifPresent(p -> p.stages()
                    .forEach(s ->
                            s.nodes().forEach(n -> deviceOf.put(n, s.device().id()))));
            layers.forEach((n, s) -> {
                if (!s.device().isEmpty()) {
                    deviceOf.put(n, s.device());
                }
            });
        }
        OptionalDouble sum = amount(scene.tree().root());
        // Shares are of the whole run, here as in the table: what no layer accounts for is part of it.
        boolean times = by == ColourBy.TIME || !by.isHeat();
        total = times && sum.isPresent() && !wholeRun.isZero() ? OptionalDouble.of(wholeRun.toNanos()) : sum;
        double max = 0;
        for (Item i : scene.tree().layers()) {
            max = Math.max(max, amount(i).orElse(0));
            if (by == ColourBy.DTYPE || by == ColourBy.DEVICE) {
                category(i);
            }
        }
        double all = total.orElse(0);
        legendMax = all > 0 ? nice(max / all) : 1;
    }

    /// A round number not below `share`: 1, 2, 3, 5 times a power of ten, at most 1.
    private static double nice(double share) {
        double p = Math.pow(10, Math.floor(Math.log10(Math.max(share, 1e-6))));
        for (double f : new double[] {1, 1.5, 2, 3, 4, 5, 6, 8, 10}) {
            if (f * p >= share * 0.999) {
                return Math.min(1, f * p);
            }
        }
        return 1;
    }

    OptionalDouble amount(Item item) {
        return amounts.of(item);
    }

    /// Whether the total is only the least that it can be, as some of it is not known.
    boolean isLeast() {
        return amounts.isLeast(scene.tree().root());
    }

    Optional<Item> item(Box box) {
        return box.path().isEmpty() ? Optional.empty() : scene.tree().item(box.path());
    }

    /// From now on the colours are those of `old`, until they have [#faded].
    void fadeFrom(CostOverlay old) {
        before = Optional.of(old);
        faded = 0;
    }

    /// How far the colours have come from the old ones to these, 0…1.
    void faded(double part) {
        faded = part;
        before = part >= 1 ? Optional.empty() : before;
    }

    private int fading(Optional<Integer> old, int now) {
        return before.isEmpty() ? now : Heat.mix(old.orElse(Palette.of(dark).block()), now, faded);
    }

    /// The fill of a leaf box; empty when its cost or category is not known.
    Optional<Integer> fill(Item item) {
        return colour(item).map(now -> fading(before.flatMap(o -> o.colour(item)), now));
    }

    private Optional<Integer> colour(Item item) {
        if (by.isHeat()) {
            OptionalDouble a = amounts.isLeast(item) ? OptionalDouble.empty() : amount(item);
            return a.isEmpty() || total.orElse(0) <= 0
                    ? Optional.empty()
                    : Optional.of(Heat.rgb(a.getAsDouble() / total.getAsDouble() / legendMax, dark));
        }
        return category(item).map(Palette::category);
    }

    /// What a box looks like from afar: a leaf its fill, a block what its layers look like on average, the
    /// costly ones counting more.
    Optional<Integer> distant(Item item) {
        if (!(item instanceof Scope s) || s.isLayer() || !by.isHeat()) {
            return fill(item);
        }
        double sum = amount(item).orElse(0);
        if (sum <= 0 || total.orElse(0) <= 0) {
            return Optional.empty();
        }
        List<Item> inside = new ArrayList<>();
        collect(s, inside);
        double mean = 0;
        for (Item i : inside) {
            double a = amount(i).orElse(0);
            mean += a / sum * Math.min(1, a / total.getAsDouble() / legendMax);
        }
        return Optional.of(Heat.rgb(mean, dark));
    }

    /// The number of the item's category; for blocks only when all inside agree.
    Optional<Integer> category(Item item) {
        return switch (item) {
            case Leaf l -> categoryOf(l.node());
            case Scope s -> {
                if (s.head().isPresent() && s.isLayer()) {
                    yield categoryOf(s.head().get());
                }
                Optional<Integer> one = Optional.empty();
                for (NodeId n : s.nodes()) {
                    Optional<Integer> c = categoryOf(n);
                    if (c.isPresent() && one.isPresent() && !c.equals(one)) {
                        yield Optional.empty();
                    }
                    one = one.isPresent() ? one : c;
                }
                yield one;
            }
        };
    }

    Optional<Integer> stage(NodeId n) {
        return Optional.ofNullable(stageOf.get(n));
    }

    private Optional<Integer> categoryOf(NodeId n) {
        return switch (by) {
            case STAGE -> stage(n);
            case DEVICE ->
                Optional.ofNullable(deviceOf.get(n))
                        .map(DeviceWords::of)
                        .map(this::named)
                        .or(() -> Optional.ofNullable(layers.get(n))
                                .filter(s -> !s.provider().isEmpty())
                                .map(s -> named(ExecutionProvider.words(s.provider()))));
            case DTYPE -> {
                var node = scene.analysis().model().graph().node(n);
                yield node.filter(x -> !x.outputs().isEmpty())
                        .flatMap(x -> scene.analysis().type(x.output(0)).dtype())
                        .map(d -> named(d.text()));
            }
            case TIME, BYTES, FLOPS, PARAMETERS -> Optional.empty();
        };
    }

    private int named(String name) {
        Integer known = categoryIndex.get(name);
        if (known == null) {
            known = categories.size();
            categoryIndex.put(name, known);
            categories.add(new Category(name, known));
        }
        return known;
    }

    /// The layers of a closed block in order of execution, each as wide as its part of the block's amount.
    List<Piece> strip(Scope block) {
        List<Piece> now = pieces(block);
        List<Piece> old = before.map(o -> o.pieces(block)).orElse(now);
        if (before.isEmpty() || old.size() != now.size()) {
            return now;
        }
        return IntStream.range(0, now.size())
                .mapToObj(i -> new Piece(
                        now.get(i).part(),
                        fading(Optional.of(old.get(i).rgb()), now.get(i).rgb())))
                .toList();
    }

    private List<Piece> pieces(Scope block) {
        return strips.computeIfAbsent(block.path(), p -> {
            List<Item> inside = new ArrayList<>();
            collect(block, inside);
            boolean weighted = amount(block).orElse(0) > 0;
            double sum = weighted ? amount(block).orElse(0) : inside.size();
            if (!weighted && by.isHeat()) {
                return List.of();
            }
            List<Piece> pieces = new ArrayList<>();
            for (Item i : inside) {
                double part = (weighted ? amount(i).orElse(0) : 1) / sum;
                int rgb = colour(i).orElse(Palette.of(dark).border());
                // One colour after another as one piece: a block of thousands stays cheap to draw.
                if (!pieces.isEmpty() && (pieces.getLast().rgb() == rgb && inside.size() > 40 || part < 1e-4)) {
                    Piece last = pieces.removeLast();
                    pieces.add(new Piece(last.part() + part, last.rgb()));
                } else {
                    pieces.add(new Piece(part, rgb));
                }
            }
            return pieces;
        });
    }

    private static void collect(Scope s, List<Item> into) {
        for (Item i : s.items()) {
            switch (i) {
                case Scope c -> {
                    if (c.isLayer()) {
                        into.add(c);
                    } else {
                        collect(c, into);
                    }
                }
                case Leaf l -> {
                    if (!l.folded()) {
                        into.add(l);
                    }
                }
            }
        }
    }

    /// What stands at the right of a box: its share, or — when it is not known; empty where amounts play no
    /// part.
    String share(Item item) {
        OptionalDouble a = amount(item);
        if (isLeast()) {
            // A share of a sum that is not whole says nothing.
            return a.isEmpty() ? Numbers.UNKNOWN : (amounts.isLeast(item) ? "≥ " : "") + amounts.text(a);
        }
        if (total.isEmpty()) {
            return by.isHeat() ? Numbers.UNKNOWN : "";
        }
        return a.isEmpty() || total.getAsDouble() <= 0
                ? Numbers.UNKNOWN
                : Numbers.share(a.getAsDouble() / total.getAsDouble());
    }

    /// The item's amount and its share, or that it is not known.
    String words(Item item) {
        OptionalDouble a = amount(item);
        if (a.isEmpty()) {
            return amounts.byDefinition() ? by.label() + " unknown" : share(item);
        }
        return isLeast() ? share(item) : amounts.text(a) + " · " + share(item);
    }

    /// The total as the legend has it.
    String totalText() {
        if (total.isEmpty()) {
            return amounts.byDefinition() ? "unknown" : Numbers.UNKNOWN;
        }
        return (isLeast() ? "at least " : "") + amounts.text(total);
    }

    /// What would make the total known; empty when it is.
    Optional<String> remedy() {
        return total.isPresent() && !isLeast() ? Optional.empty() : Optional.of(amounts.remedy());
    }

    /// The legend's title where there is no room for all of [#title].
    String shortTitle() {
        String all = title();
        int comma = all.indexOf(',');
        return comma < 0 ? all : all.substring(0, comma);
    }

    /// The legend's title.
    String title() {
        return switch (by) {
            case TIME -> "Time, share of total";
            case BYTES -> "Bytes moved, share of total";
            case FLOPS -> "FLOPs, share of total";
            case PARAMETERS -> "Parameters, share of total";
            case DTYPE -> "Type of the output";
            case DEVICE -> "Device that ran it";
            case STAGE -> "Stage";
        };
    }
}
