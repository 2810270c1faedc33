package dev.lathe.graph.verify;

import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.Shape;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The graphs inside If, Loop and Scan declare the types that the node gives them, and give back what it carries in
/// the type that it has.
///
/// Runtimes infer through these graphs when they load a model, and refuse what contradicts. Extents may change from
/// trip to trip of a Loop and from branch to branch of an If, but not before version 11 of If.
final class BodyTypesRule implements Rule {
    private static final long FIRST_WITH_OTHER_SHAPES = 11;

    @Override
    public void check(Subject s) {
        s.forEachUsedNode((node, graph, opsets) -> {
            if (Subject.domain(node.domain()).isEmpty() && s.operator(node).isPresent()) {
                new OneNode(s, node, graph, Subject.version(opsets, "").orElse(1L)).check();
            }
        });
    }

    private record OneNode(Subject s, Node node, Graph around, long opset) {
        void check() {
            Map<String, Runnable> checks = Map.of("If", this::branches, "Loop", this::loop, "Scan", this::scan);
            Optional.ofNullable(checks.get(node.op())).ifPresent(Runnable::run);
        }

        private void branches() {
            Optional<Graph> then = node.attrs().graph("then_branch");
            Optional<Graph> otherwise = node.attrs().graph("else_branch");
            then.ifPresent(this::typed);
            otherwise.ifPresent(this::typed);
            if (then.isEmpty() || otherwise.isEmpty() || opset >= FIRST_WITH_OTHER_SHAPES) {
                return;
            }
            List<ValueId> ones = then.get().outputs();
            List<ValueId> others = otherwise.get().outputs();
            for (int i = 0; i < Math.min(ones.size(), others.size()); i++) {
                Shape one = merged(then.get(), ones.get(i));
                Shape other = merged(otherwise.get(), others.get(i));
                if (differ(one, other)) {
                    s.error(
                            "branch-shapes-differ",
                            "the branches give different shapes as output " + i + ": " + one + " and " + other
                                    + ", which they may since version 11",
                            node);
                }
            }
        }

        private void loop() {
            node.attrs().graph("body").ifPresent(body -> {
                typed(body);
                formal(body, 0, ValueType.tensor(DType.INT64, Shape.unranked()));
                formal(body, 1, ValueType.tensor(DType.BOOL, Shape.unranked()));
                condition(body);
                int carried = Math.max(0, node.inputs().size() - 2);
                for (int i = 0; i < carried; i++) {
                    ValueType state = type(node.input(i + 2));
                    formal(body, i + 2, state);
                    carried(body, i, state);
                }
                for (int i = carried + 1; i < body.outputs().size(); i++) {
                    ValueType each = type(body.outputs().get(i));
                    if (each instanceof ValueType.SequenceType || each instanceof ValueType.OptionalType) {
                        s.error(
                                "body-type",
                                "output " + i + " of the graph 'body' is collected and must be a tensor, it is "
                                        + OperatorTypes.words(each).orElse("a list"),
                                node);
                    }
                }
            });
        }

        /// The condition that comes in has no type where the node has none.
        private void condition(Graph body) {
            if (!node.input(1).isPresent()
                    && body.inputs().size() > 1
                    && declared(body, body.inputs().get(1)) instanceof ValueType.UnknownType) {
                s.error(
                        "body-untyped",
                        "the node has no condition, and input 1 of the graph 'body', which takes it, no type",
                        node);
            }
        }

        private void carried(Graph body, int i, ValueType state) {
            if (i + 1 >= body.outputs().size()) {
                return;
            }
            ValueType result = type(body.outputs().get(i + 1));
            Optional<String> before = OperatorTypes.words(state);
            Optional<String> after = OperatorTypes.words(result);
            boolean alike = state instanceof ValueType.TensorType && result instanceof ValueType.TensorType
                    || state instanceof ValueType.SequenceType
                            && (result instanceof ValueType.TensorType || result instanceof ValueType.SequenceType);
            if (alike && before.isPresent() && after.isPresent() && !before.equals(after)) {
                s.error(
                        "carried-type",
                        "carries " + before.get() + ", and the graph 'body' gives back " + after.get() + " (output "
                                + (i + 1) + ")",
                        node);
            }
        }

        private void scan() {
            node.attrs().graph("body").ifPresent(body -> {
                typed(body);
                int first = ScanRule.first(opset);
                int states = ScanRule.states(node, opset);
                for (int i = 0; i + first < node.inputs().size(); i++) {
                    if (!node.inputs().get(i + first).isPresent()) {
                        s.error("input-missing", "its input " + (i + first) + " is left out", node);
                    }
                    ValueType given = type(node.input(i + first));
                    formal(body, i, given);
                    if (i < states) {
                        state(body, i, given);
                    }
                }
            });
        }

        /// What is carried keeps its shape in Scan. Its type is looked at only outside.
        private void state(Graph body, int i, ValueType given) {
            ValueType out =
                    i < node.outputs().size() ? declared(around, node.outputs().get(i)) : ValueType.unknown();
            Optional<DType> comes = given.dtype();
            if (comes.isPresent() && out.dtype().isPresent() && !comes.equals(out.dtype())) {
                s.error(
                        "carried-type",
                        "carries " + comes.get().text() + ", and its output " + i + " is declared as "
                                + out.dtype().get().text(),
                        node);
            }
            if (i >= body.outputs().size()) {
                return;
            }
            Shape wanted = given.shape();
            if (ScanRule.first(opset) > 0 && wanted instanceof Shape.Ranked(List<Dim> dims)) {
                wanted = dims.isEmpty() ? Shape.unranked() : Shape.of(dims.subList(1, dims.size()));
            }
            Shape back = declared(body, body.outputs().get(i)).shape();
            if (differ(wanted, back)) {
                s.error(
                        "carried-shape",
                        "carries a tensor of shape " + wanted + ", and the graph 'body' gives back " + back
                                + " (output " + i + ")",
                        node);
            } else if (type(body.outputs().get(i))
                    .dtype()
                    .filter(d -> comes.isPresent() && d != comes.get())
                    .isPresent()) {
                s.warning(
                        "carried-type",
                        "the graph 'body' changes the type of what is carried (output " + i + ")",
                        node);
            }
        }

        private void formal(Graph body, int input, ValueType given) {
            if (input >= body.inputs().size()) {
                return;
            }
            ValueType told = declared(body, body.inputs().get(input));
            boolean tensors = told instanceof ValueType.TensorType && given instanceof ValueType.TensorType;
            boolean kinds = told instanceof ValueType.TensorType && given instanceof ValueType.SequenceType
                    || told instanceof ValueType.SequenceType && given instanceof ValueType.TensorType;
            Optional<String> declared = OperatorTypes.words(told);
            Optional<String> comes = OperatorTypes.words(given);
            if ((tensors || kinds) && declared.isPresent() && comes.isPresent() && !declared.equals(comes)) {
                s.error(
                        "body-type",
                        "the graph 'body' declares its input " + input + " as " + declared.get() + ", and gets "
                                + comes.get(),
                        node);
            }
        }

        /// A type may be left out, but not the half of it.
        private void typed(Graph body) {
            body.inputs().forEach(id -> typed(body, id));
            body.outputs().forEach(id -> typed(body, id));
        }

        private void typed(Graph body, ValueId id) {
            if (declared(body, id) instanceof ValueType.TensorType t
                    && t.dtype().isEmpty()) {
                s.error(
                        "body-untyped",
                        "'" + body.value(id).map(Value::name).orElse("") + "' in a graph inside it is declared as a "
                                + "tensor without an element type",
                        node);
            }
        }

        private ValueType type(ValueId id) {
            return id.isPresent() ? s.inference().type(id) : ValueType.unknown();
        }

        /// An extent that is declared otherwise than it comes out is none that a runtime goes by.
        private Shape merged(Graph body, ValueId id) {
            Shape found = s.inference().type(id).shape();
            if (!(found instanceof Shape.Ranked(List<Dim> dims))
                    || !(declared(body, id).shape() instanceof Shape.Ranked(List<Dim> told))) {
                return found;
            }
            if (dims.size() != told.size()) {
                return Shape.unranked();
            }
            List<Dim> both = new ArrayList<>(dims);
            for (int i = 0; i < both.size(); i++) {
                if (told.get(i) instanceof Dim.Fixed(long n) && dims.get(i) instanceof Dim.Fixed(long m) && n != m) {
                    both.set(i, Dim.unknown());
                }
            }
            return Shape.of(both);
        }

        private static ValueType declared(Graph graph, ValueId id) {
            return graph.value(id).map(Value::declared).orElse(ValueType.unknown());
        }
    }

    private static boolean differ(Shape one, Shape other) {
        if (!(one instanceof Shape.Ranked(List<Dim> a)) || !(other instanceof Shape.Ranked(List<Dim> b))) {
            return false;
        }
        boolean differ = a.size() != b.size();
        for (int i = 0; !differ && i < a.size(); i++) {
            differ = a.get(i) instanceof Dim.Fixed(long n) && b.get(i) instanceof Dim.Fixed(long m) && n != m;
        }
        return differ;
    }
}
