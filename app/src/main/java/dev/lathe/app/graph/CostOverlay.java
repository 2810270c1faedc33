package dev.lathe.app.graph;

import dev.lathe.app.graph.GraphLayout.Box;
import dev.lathe.app.graph.ScopeTree.Item;
import dev.lathe.app.graph.ScopeTree.Leaf;
import dev.lathe.app.graph.ScopeTree.Scope;
import dev.lathe.app.project.ColourBy;
import dev.lathe.app.ui.Heat;
import dev.lathe.app.ui.Numbers;
import dev.lathe.app.ui.Palette;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.analyze.NodeCost;
import dev.lathe.graph.target.Placement;
import dev.lathe.graph.target.Stage;
import dev.lathe.profile.OpStats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// What colours mean on the canvas at this moment: the amount of every layer and block, the legend's scale,
/// and the categories. An amount that is not known stays unknown; it is never drawn as a small one.
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

    private final GraphScene scene;
    private final Map<NodeId, OpStats> layers;
    private final boolean dark;
    private final Map<NodeId, Integer> stageOf = new HashMap<>();
    private final Map<String, OptionalDouble> amounts = new HashMap<>();
    private final Map<String, Integer> categoryIndex = new HashMap<>();
    private final Map<String, List<Piece>> strips = new HashMap<>();

    CostOverlay(
            GraphScene scene,
            Map<NodeId, OpStats> layers,
            Duration wholeRun,
            Optional<Placement> placement,
            ColourBy by,
            boolean dark) {
        this.scene = scene;
        this.layers = layers;
        this.by = by;
        this.dark = dark;
        if (by == ColourBy.STAGE) {
            for (Stage s : placement.map(Placement::stages).orElse(List.of())) {
                categories.add(
                        new Category("Stage " + s.index() + " · " + s.device().name(), s.index()));
                s.nodes().forEach(n -> stageOf.put(n, s.index()));
            }
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
        OptionalDouble known = amounts.get(item.path());
        if (known == null) {
            known = switch (item) {
                case Leaf l -> ofNode(l.node());
                case Scope s -> ofScope(s);
            };
            amounts.put(item.path(), known);
        }
        return known;
    }

    private OptionalDouble ofScope(Scope s) {
        double sum = 0;
        boolean any = false;
        for (Item i : s.items()) {
            OptionalDouble a = amount(i);
            any |= a.isPresent();
            sum += a.orElse(0);
        }
        return any ? OptionalDouble.of(sum) : OptionalDouble.empty();
    }

    private OptionalDouble ofNode(NodeId id) {
        return switch (by) {
            case TIME, DEVICE, STAGE, DTYPE -> {
                OpStats s = layers.get(id);
                yield s == null
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(s.mean().toNanos());
            }
            case FLOPS -> Numbers.amount(cost(id).flops());
            case PARAMETERS -> Numbers.amount(cost(id).parameters());
            case BYTES -> {
                OptionalDouble read = Numbers.amount(cost(id).bytesRead());
                OptionalDouble written = Numbers.amount(cost(id).bytesWritten());
                yield read.isPresent() && written.isPresent()
                        ? OptionalDouble.of(read.getAsDouble() + written.getAsDouble())
                        : OptionalDouble.empty();
            }
        };
    }

    private NodeCost cost(NodeId id) {
        return scene.analysis().costs().of(id);
    }

    Optional<Item> item(Box box) {
        return box.path().isEmpty() ? Optional.empty() : scene.tree().item(box.path());
    }

    /// The fill of a leaf box; empty when its cost or category is not known.
    Optional<Integer> fill(Item item) {
        if (by.isHeat()) {
            OptionalDouble a = amount(item);
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
                Optional.ofNullable(layers.get(n))
                        .filter(s -> !s.provider().isEmpty())
                        .map(s -> named(s.provider()));
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
                int rgb = fill(i).orElse(Palette.of(dark).border());
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
        if (total.isEmpty()) {
            return by.isHeat() ? Numbers.UNKNOWN : "";
        }
        return a.isEmpty() || total.getAsDouble() <= 0
                ? Numbers.UNKNOWN
                : Numbers.share(a.getAsDouble() / total.getAsDouble());
    }

    /// An amount in its unit.
    String text(OptionalDouble amount) {
        return Numbers.known(amount, v -> switch (by) {
            case TIME, DEVICE, STAGE, DTYPE -> Numbers.time(Duration.ofNanos(Math.round(v)));
            case BYTES -> Numbers.bytes(v);
            case FLOPS -> Numbers.flops(v);
            case PARAMETERS -> Numbers.count(v);
        });
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
