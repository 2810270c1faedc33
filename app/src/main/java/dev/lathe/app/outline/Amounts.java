package dev.lathe.app.outline;

import dev.lathe.app.graph.ScopeTree;
import dev.lathe.app.layers.LayerTimes;
import dev.lathe.app.parts.CostStrip;
import dev.lathe.app.project.ColourBy;
import dev.lathe.app.project.SourceKind;
import dev.lathe.app.ui.Numbers;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.NodeCost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// One quantity summed over the blocks of a model: time, work, data moved, or parameters.
///
/// Lengths are relative to the largest block below the root, so that blocks can be compared; heat is relative to the
/// costliest single layer, as on the canvas.
final class Amounts {
    private final Analysis analysis;
    private final LayerTimes times;
    private final ColourBy quantity;
    private final Map<String, OptionalDouble> sums = new HashMap<>();
    private final double longest;
    private final double hottest;

    /// @param wanted categories (dtype, device, stage) have no amount: then time, or work before a run
    Amounts(Analysis analysis, ScopeTree tree, LayerTimes times, ColourBy wanted) {
        this.analysis = analysis;
        this.times = times;
        boolean amount = wanted.isHeat() && (wanted != ColourBy.TIME || times.measured());
        this.quantity = amount ? wanted : times.measured() ? ColourBy.TIME : ColourBy.FLOPS;
        longest = tree.root().items().stream()
                .mapToDouble(i -> of(i).orElse(0))
                .max()
                .orElse(0);
        hottest = tree.layers().stream().mapToDouble(i -> of(i).orElse(0)).max().orElse(0);
    }

    /// Words for the pane's header.
    String words() {
        return switch (quantity) {
            case TIME -> small() ? "time, µs" : "time, ms";
            case FLOPS -> "work";
            case BYTES -> "data moved";
            case PARAMETERS -> "parameters";
            case DTYPE, DEVICE, STAGE -> "";
        };
    }

    OptionalDouble of(ScopeTree.Item item) {
        return sums.computeIfAbsent(item.path(), p -> switch (item) {
            case ScopeTree.Scope s -> sum(s.nodes());
            case ScopeTree.Leaf l -> sum(List.of(l.node()));
        });
    }

    String text(ScopeTree.Item item) {
        OptionalDouble amount = of(item);
        if (amount.isEmpty()) {
            return Numbers.UNKNOWN;
        }
        double v = amount.getAsDouble();
        return switch (quantity) {
            case TIME -> time(v);
            case FLOPS -> Numbers.flops(v);
            case BYTES -> Numbers.bytes(v);
            case PARAMETERS -> Numbers.count(v);
            case DTYPE, DEVICE, STAGE -> "";
        };
    }

    /// What of the measured run no layer accounts for; without it the lines would not add up to the first.
    Optional<String> outside() {
        return quantity == ColourBy.TIME
                ? times.outside().filter(o -> !o.isZero()).map(o -> time(o.toNanos()))
                : Optional.empty();
    }

    double outsidePart() {
        return longest == 0
                ? 0
                : Math.min(1, times.outside().orElse(Duration.ZERO).toNanos() / longest);
    }

    /// The first line: all of the model, and of its run when times are shown.
    String whole(ScopeTree.Item root) {
        return quantity == ColourBy.TIME ? time(times.total().toNanos()) : text(root);
    }

    private String time(double nanos) {
        return small()
                ? String.format(Locale.ROOT, nanos < 99_950 ? "%.1f" : "%.0f", nanos / 1e3)
                : millis(nanos / 1e6);
    }

    /// In a run this short, milliseconds would leave nothing but zeros of most lines.
    private boolean small() {
        return times.total().toNanos() < 1e6;
    }

    /// Two decimals, one from ten on, so that a column of times can be read down.
    private static String millis(double ms) {
        return ms >= 999.95
                ? Numbers.digits(ms, 4)
                : ms > 0 && ms < 0.005 ? "< 0.01" : String.format(Locale.ROOT, ms < 9.995 ? "%.2f" : "%.1f", ms);
    }

    double part(ScopeTree.Item item) {
        return longest == 0 ? 0 : Math.min(1, of(item).orElse(0) / longest);
    }

    double heat(ScopeTree.Item item) {
        return hottest == 0 ? 0 : Math.min(1, of(item).orElse(0) / hottest);
    }

    /// The layers inside a block in order of execution, as pieces of its strip.
    List<CostStrip.Piece> pieces(ScopeTree.Scope scope) {
        List<CostStrip.Piece> pieces = new ArrayList<>();
        collect(scope, pieces);
        return pieces;
    }

    private void collect(ScopeTree.Scope scope, List<CostStrip.Piece> into) {
        for (ScopeTree.Item i : scope.items()) {
            if (i instanceof ScopeTree.Scope s && !s.isLayer()) {
                collect(s, into);
            } else {
                into.add(new CostStrip.Piece(part(i), heat(i)));
            }
        }
    }

    /// Unknown as soon as one part is. What nodes inside If and Loop bodies cost by definition is in the cost of
    /// the node that runs them; their times are their own.
    private OptionalDouble sum(Collection<NodeId> nodes) {
        if (nodes.isEmpty()
                && quantity != ColourBy.TIME
                && !SourceKind.of(analysis.model()).isRead()) {
            // What a program does is not known before it ran: that is not nothing.
            return OptionalDouble.empty();
        }
        double sum = 0;
        for (NodeId n : nodes) {
            if (quantity == ColourBy.TIME || analysis.model().graph().position(n) >= 0) {
                OptionalDouble one = one(n);
                if (one.isEmpty()) {
                    return one;
                }
                sum += one.getAsDouble();
            }
        }
        return OptionalDouble.of(sum);
    }

    private OptionalDouble one(NodeId n) {
        NodeCost cost = analysis.costs().of(n);
        return switch (quantity) {
            case TIME, DTYPE, DEVICE, STAGE -> OptionalDouble.of(times.time(n).toNanos());
            case FLOPS -> known(cost.flops().fixed());
            case BYTES -> {
                OptionalLong read = cost.bytesRead().fixed();
                OptionalLong written = cost.bytesWritten().fixed();
                yield read.isPresent() && written.isPresent()
                        ? OptionalDouble.of(read.getAsLong() + written.getAsLong())
                        : OptionalDouble.empty();
            }
            case PARAMETERS -> known(cost.parameters().fixed());
        };
    }

    private static OptionalDouble known(OptionalLong n) {
        return n.isPresent() ? OptionalDouble.of(n.getAsLong()) : OptionalDouble.empty();
    }
}
