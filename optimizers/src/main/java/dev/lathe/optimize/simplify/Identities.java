package dev.lathe.optimize.simplify;

import dev.lathe.core.LatheException;
import dev.lathe.graph.DType;
import dev.lathe.graph.Editor;
import dev.lathe.graph.Graph;
import dev.lathe.graph.IdSpace;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.edit.EveryGraph;
import dev.lathe.optimize.PassContext;
import dev.lathe.optimize.rewrite.Constants;
import dev.lathe.optimize.rewrite.Elements;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Drops nodes that give one of their inputs back unchanged: `Identity(x) → x`, `Cast` to the type it has,
/// `Transpose` that moves nothing, `Reshape` to the shape it has, `x + 0`, `x · 1` …
final class Identities implements Simplification {
    @Override
    public Model apply(Model model, PassContext context) throws LatheException {
        Facts facts = Facts.of(model, context.job());
        return EveryGraph.rewrite(model, (graph, ids) -> drop(graph, ids, facts));
    }

    private static Graph drop(Graph graph, IdSpace ids, Facts facts) {
        Editor edit = graph.edit(ids);
        Set<ValueId> dropped = new HashSet<>();
        for (Node n : graph.nodes()) {
            Optional<ValueId> same = same(n, facts);
            if (same.isEmpty() || !onlyFirstUsed(graph, n)) {
                continue;
            }
            boolean result = graph.isOutput(n.output(0));
            // A result of the graph swaps names with what it equals, which must still be there: else next round.
            if (result
                    && (dropped.contains(same.get())
                            || graph.producer(same.get()).isEmpty())) {
                continue;
            }
            if (edit.redirect(n.output(0), same.get())) {
                edit.remove(n.id());
                dropped.add(n.output(0));
                if (result) {
                    break;
                }
            }
        }
        return edit.commit();
    }

    private static boolean onlyFirstUsed(Graph graph, Node n) {
        return n.output(0).isPresent()
                && n.outputs().stream()
                        .skip(1)
                        .noneMatch(o -> o.isPresent()
                                && (graph.isOutput(o) || !graph.consumers(o).isEmpty()));
    }

    /// The input that the node gives back as its first output.
    static Optional<ValueId> same(Node n, Facts facts) {
        if (!Constants.isDefaultDomain(n.domain()) || !n.input(0).isPresent()) {
            return Optional.empty();
        }
        ValueId x = n.input(0);
        return switch (n.op()) {
            case "Identity" -> Optional.of(x);
            case "Dropout" -> given(x, !training(n, facts));
            case "Cast" -> given(x, castToSame(n, facts));
            case "Transpose" ->
                given(x, facts.permutation(n).filter(Identities::inOrder).isPresent());
            case "Reshape", "Expand", "Flatten", "Tile" -> given(x, facts.sameShape(x, n.output(0)));
            case "Squeeze" -> given(x, facts.sameShape(x, n.output(0)));
            case "Concat" -> given(x, n.inputs().size() == 1);
            case "Sum", "Max", "Min", "Mean" -> given(x, n.inputs().size() == 1);
            case "Add" -> neutral(n, 0, 0, facts).or(() -> neutral(n, 1, 0, facts));
            case "Mul" -> neutral(n, 0, 1, facts).or(() -> neutral(n, 1, 1, facts));
            case "Sub" -> neutral(n, 1, 0, facts);
            case "Div", "Pow" -> neutral(n, 1, 1, facts);
            case "Pad" ->
                given(
                        x,
                        n.inputs().size() > 1
                                && facts.constants()
                                        .find(n.input(1))
                                        .filter(p -> Elements.all(p, 0))
                                        .isPresent());
            default -> Optional.empty();
        };
    }

    private static Optional<ValueId> given(ValueId x, boolean condition) {
        return condition ? Optional.of(x) : Optional.empty();
    }

    private static boolean training(Node dropout, Facts facts) {
        long opset = facts.model().opset();
        if (opset < 7) {
            return dropout.attrs().intOr("is_test", 0) == 0;
        }
        return opset >= 12
                && dropout.input(2).isPresent()
                && facts.constants()
                        .find(dropout.input(2))
                        .filter(t -> Elements.all(t, 0))
                        .isEmpty();
    }

    private static boolean castToSame(Node cast, Facts facts) {
        Optional<DType> to = DType.ofOnnxCode((int) cast.attrs().intOr("to", 0));
        return to.isPresent() && to.equals(facts.type(cast.input(0)).dtype());
    }

    private static boolean inOrder(List<Long> perm) {
        for (int i = 0; i < perm.size(); i++) {
            if (perm.get(i) != i) {
                return false;
            }
        }
        return true;
    }

    /// The other input, when the input `at` is a constant that holds only `value` and widens nothing.
    private static Optional<ValueId> neutral(Node n, int at, double value, Facts facts) {
        ValueId other = n.input(1 - at);
        Optional<Tensor> constant = facts.constants().find(n.input(at)).filter(t -> Elements.all(t, value));
        if (constant.isEmpty() || !other.isPresent()) {
            return Optional.empty();
        }
        var rank = facts.type(other).shape().rank();
        boolean scalar = constant.get().elements() == 1
                && (constant.get().dims().isEmpty()
                        || (rank.isPresent()
                                && rank.getAsInt() >= constant.get().dims().size()));
        // Pow may have an exponent of another type; all others are of one type.
        return given(other, scalar || facts.sameShape(other, n.output(0)));
    }
}
