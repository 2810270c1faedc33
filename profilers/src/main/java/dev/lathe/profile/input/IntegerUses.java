package dev.lathe.profile.input;

import dev.lathe.graph.Dim;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.Shape;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.analyze.Analysis;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/// Follows an input forward through a graph to everything that limits its values.
///
/// On its way through additions and multiplications with constants the value is `scale · input + offset`, so
/// that an index `input + 2` into 514 rows allows 0…511.
public final class IntegerUses {
    private final Analysis analysis;
    private final Uses uses;

    public IntegerUses(Model model, Analysis analysis) {
        this.analysis = analysis;
        this.uses = new Uses(model);
    }

    private record Step(ValueId value, double scale, double offset) {}

    private static final class Found {
        private OptionalLong extent = OptionalLong.empty();
        private final TreeSet<Long> compared = new TreeSet<>();
        private boolean mask;
        private boolean size;
        private boolean begins;
        private boolean scaled;

        void limit(long rows, Step s) {
            long most = (long) Math.ceil((rows - s.offset()) / s.scale());
            if (s.scale() > 0 && most > 0) {
                extent = OptionalLong.of(Math.min(extent.orElse(Long.MAX_VALUE), most));
            }
        }
    }

    public IntegerUse of(ValueId input) {
        Found found = new Found();
        Steering steering = new Steering(analysis);
        Set<ValueId> seen = new HashSet<>();
        Deque<Step> todo = new ArrayDeque<>();
        todo.add(new Step(input, 1, 0));
        while (!todo.isEmpty()) {
            Step at = todo.remove();
            if (!at.value().isPresent() || !seen.add(at.value())) {
                continue;
            }
            for (ValueId next : uses.passedOn(at.value())) {
                todo.add(new Step(next, at.scale(), at.offset()));
            }
            for (Uses.Use use : uses.of(at.value())) {
                steering.see(use.node(), use.index(), at.scale(), at.offset());
                follow(use.node(), use.index(), at, found, todo);
            }
        }
        boolean onlyMasked = found.scaled && found.extent.isEmpty() && !found.size;
        return new IntegerUse(
                found.extent,
                found.compared,
                found.mask || onlyMasked,
                found.size,
                found.begins,
                steering.turns(found.extent));
    }

    private void follow(Node n, int index, Step at, Found found, Deque<Step> todo) {
        switch (n.op()) {
            case "Not" -> {
                found.scaled = true;
                n.outputs().forEach(o -> todo.add(new Step(o, -at.scale(), 1 - at.offset())));
            }
            case "Identity", "Cast", "CastLike", "Squeeze", "Unsqueeze", "Flatten", "Transpose", "Clip", "Split" ->
                on(n, index == 0, at, todo);
            case "Concat", "Max", "Min" -> on(n, true, at, todo);
            case "Where" -> on(n, index > 0, at, todo);
            case "Slice", "Reshape", "Expand", "Tile", "Pad", "Resize", "Upsample" -> {
                boolean begins = n.op().equals("Slice") && index == 1;
                found.begins |= begins;
                found.size |= index > 0 && !begins;
                on(n, index == 0, at, todo);
            }
            case "Range" -> {
                found.begins |= index == 0;
                found.size |= index > 0;
            }
            case "ConstantOfShape", "TopK" -> found.size |= !n.op().equals("TopK") || index == 1;
            case "Gather", "GatherElements", "GatherND", "GatherBlockQuantized" -> {
                if (index == 1) {
                    int axis = n.op().equals("GatherND")
                            ? 0
                            : (int) n.attrs().intOr(n.op().equals("GatherBlockQuantized") ? "gather_axis" : "axis", 0);
                    extent(n.input(0), axis).ifPresent(e -> found.limit(e, at));
                }
                on(n, index == 0, at, todo);
            }
            case "ScatterElements", "ScatterND", "Scatter" -> {
                if (index == 1) {
                    int axis = n.op().equals("ScatterND") ? 0 : (int) n.attrs().intOr("axis", 0);
                    extent(n.input(0), axis).ifPresent(e -> found.limit(e, at));
                }
            }
            case "OneHot" -> {
                if (index == 0) {
                    scalar(n.input(1)).ifPresent(d -> found.limit((long) d, at));
                } else {
                    found.size |= index == 1;
                }
            }
            case "EmbedLayerNormalization" -> {
                // Word ids, segment ids and position ids, each with a table of its own.
                int table = index == 0 ? 2 : index == 1 ? 4 : index == 8 ? 3 : -1;
                if (table >= 0) {
                    extent(n.input(table), 0).ifPresent(e -> found.limit(e, at));
                }
                found.mask |= index == 7;
            }
            case "RotaryEmbedding" -> {
                // The two operator sets that have it disagree on where the positions are.
                int table = n.domain().isEmpty() ? 1 : 2;
                if (index == (n.domain().isEmpty() ? 3 : 1)) {
                    extent(n.input(table), 0).ifPresent(e -> found.limit(e, at));
                }
            }
            case "Attention", "MultiHeadAttention", "QAttention", "DecoderMaskedMultiHeadAttention" ->
                found.mask |= index >= 3;
            case "GroupQueryAttention" -> found.size |= index == 5 || index == 6;
            case "Equal", "Less", "LessOrEqual", "Greater", "GreaterOrEqual" -> {
                scalar(n.input(1 - index)).ifPresent(c -> {
                    double v = (c - at.offset()) / at.scale();
                    if (v == Math.rint(v) && Math.abs(v) < 1e15) {
                        found.compared.add((long) v);
                    }
                });
                found.scaled = true;
            }
            case "Add", "Sub", "Mul", "Div" -> {
                found.scaled |= n.op().equals("Sub") || n.op().equals("Mul");
                todo.addAll(scaled(n, index, at));
            }
            case "And", "Or", "ReduceSum", "ReduceMax", "ReduceMin", "CumSum" -> found.scaled = true;
            default -> {
                // Anything else takes any value.
            }
        }
    }

    private static void on(Node n, boolean carries, Step at, Deque<Step> todo) {
        if (carries) {
            n.outputs().forEach(o -> todo.add(new Step(o, at.scale(), at.offset())));
        }
    }

    private List<Step> scaled(Node n, int index, Step at) {
        OptionalDouble other = scalar(n.input(1 - index));
        if (other.isEmpty()) {
            return List.of();
        }
        double c = other.getAsDouble();
        ValueId out = n.output(0);
        return switch (n.op()) {
            case "Add" -> List.of(new Step(out, at.scale(), at.offset() + c));
            case "Sub" ->
                index == 0
                        ? List.of(new Step(out, at.scale(), at.offset() - c))
                        : List.of(new Step(out, -at.scale(), c - at.offset()));
            case "Mul" -> c == 0 ? List.of() : List.of(new Step(out, at.scale() * c, at.offset() * c));
            default -> c == 0 || index == 1 ? List.of() : List.of(new Step(out, at.scale() / c, at.offset() / c));
        };
    }

    private OptionalDouble scalar(ValueId value) {
        return uses.constant(value).map(Scalars::of).orElse(OptionalDouble.empty());
    }

    private OptionalLong extent(ValueId table, int axis) {
        Optional<Tensor> constant = uses.constant(table);
        if (constant.isPresent()) {
            List<Long> dims = constant.get().dims();
            int a = axis < 0 ? axis + dims.size() : axis;
            return a >= 0 && a < dims.size() ? OptionalLong.of(dims.get(a)) : OptionalLong.empty();
        }
        if (analysis.type(table).shape() instanceof Shape.Ranked(List<Dim> dims)) {
            int a = axis < 0 ? axis + dims.size() : axis;
            return a >= 0 && a < dims.size() ? dims.get(a).fixed() : OptionalLong.empty();
        }
        return OptionalLong.empty();
    }
}
