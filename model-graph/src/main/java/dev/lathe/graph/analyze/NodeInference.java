package dev.lathe.graph.analyze;

import dev.lathe.graph.Attrs;
import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Extra;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.Shape;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.io.onnx.SparseShapes;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.Known;
import dev.lathe.graph.op.Param;
import dev.lathe.graph.op.Quotient;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.SmallTensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// One node while its operator infers it: reads facts from the scope and collects what it tells.
final class NodeInference implements InferContext {
    private final ShapeInference engine;
    private final Scope scope;
    private final Node node;
    private final Attrs attrs;
    private final List<Known> told;
    private boolean beyondLoading;
    private boolean wrong;

    NodeInference(ShapeInference engine, Scope scope, Node node) {
        this.engine = engine;
        this.scope = scope;
        this.node = node;
        attrs = scope.attrs(node);
        told = new ArrayList<>(Collections.nCopies(node.outputs().size(), Known.NOTHING));
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public long opset() {
        return scope.opset(node.domain());
    }

    @Override
    public Attrs attrs() {
        return attrs;
    }

    @Override
    public Known input(int index) {
        return scope.known(node.input(index));
    }

    @Override
    public Optional<Tensor> constant(int index) {
        return scope.constant(node.input(index));
    }

    @Override
    public void output(int index, ValueType type) {
        if (index < told.size()) {
            told.set(index, Known.of(type));
        }
    }

    @Override
    public void constantOutput(int index, Tensor tensor) {
        if (index < told.size()) {
            told.set(index, engine.content(tensor));
            scope.constant(node.output(index), tensor);
        }
    }

    @Override
    public void sparseOutput(int index, Extra attribute) {
        SparseShapes.ofAttribute(attribute).ifPresent(t -> constantOutput(index, t));
    }

    @Override
    public void elements(int output, List<Dim> elements) {
        if (output < told.size() && elements.size() <= SmallTensor.LIMIT) {
            told.set(output, told.get(output).withElements(elements));
        }
    }

    @Override
    public void reals(int output, List<Double> numbers) {
        if (output < told.size() && numbers.size() <= SmallContents.FLOAT_LIMIT) {
            told.set(output, told.get(output).withReals(numbers));
        }
    }

    @Override
    public void quotients(int output, List<Quotient> parts) {
        if (output < told.size() && parts.size() <= SmallContents.FLOAT_LIMIT) {
            told.set(output, told.get(output).withQuotients(parts));
        }
    }

    @Override
    public void know(int output, Known known) {
        if (output < told.size()) {
            told.set(output, known);
        }
    }

    @Override
    public Dim named(int output, int axis) {
        beyondLoading |= engine.isSet(node.output(output), axis);
        return engine.named(node.output(output), axis);
    }

    @Override
    public Dim unify(Dim a, Dim b) {
        return engine.unify(node, a, b);
    }

    @Override
    public void contradiction(String sentence) {
        wrong = true;
        engine.contradictions().contradiction(node, sentence);
    }

    @Override
    public void misfit(String sentence) {
        wrong = true;
        engine.misfit(node, scope, sentence);
    }

    @Override
    public boolean followsContents() {
        return scope.followsContents();
    }

    @Override
    public boolean isWrong() {
        return wrong;
    }

    @Override
    public void doubt(String sentence) {
        engine.contradictions().doubt(node, sentence);
    }

    @Override
    public void fault(String sentence) {
        wrong = true;
        engine.contradictions().fault(node, sentence);
    }

    @Override
    public List<Known> body(Graph graph, List<Known> formals) {
        return engine.body(node, graph, scope, formals);
    }

    @Override
    public List<Known> aside(Graph graph, long rounds, Supplier<List<Known>> work) {
        return engine.aside(graph, scope, rounds, work);
    }

    @Override
    public int contradictions() {
        return engine.contradictions().counted();
    }

    @Override
    public void contradictions(int counted) {
        engine.contradictions().counted(counted);
    }

    @Override
    public void only(String attr) {
        scope.only(node.id(), attr);
        beyondLoading();
    }

    @Override
    public void trips(Dim count) {
        scope.trips(node.id(), count);
    }

    @Override
    public void beyondLoading() {
        beyondLoading = true;
    }

    /// Whether the operator told more than ONNX Runtime finds when it loads the model, from inputs of which it knows as
    /// much.
    boolean isBeyondLoading() {
        return beyondLoading;
    }

    /// What was told about an output, its element type filled in from the schema. Nothing has less than no elements:
    /// an extent below 0 is reported, and unknown from here on.
    Known told(int index, Schema schema) {
        Known known = withinLimits(told.get(index));
        ValueType possible =
                Types.mapDims(known.type(), d -> d instanceof Dim.Fixed(long size) && size < 0 ? Dim.unknown() : d);
        if (!possible.equals(known.type())) {
            contradiction("an output would have a size below 0: " + known.type().shape());
            known = Known.of(possible);
        }
        return StoredContent.of(typed(known, index, schema));
    }

    /// An operator may add axes to its input's, and put types into each other; a few thousand nodes that each do would
    /// make more of them than anybody can go through. What no file may say is not inferred, either.
    private Known withinLimits(Known known) {
        int depth = known.type().depth();
        if (depth > ValueType.DEEPEST) {
            doubt("an output would be of " + depth + " types in each other; at most " + ValueType.DEEPEST
                    + " are followed");
            return Known.NOTHING;
        }
        ValueType within = Types.mapShapes(known.type(), this::withinLimits);
        return within == known.type() ? known : Known.of(within);
    }

    private Shape withinLimits(Shape shape) {
        return Rules.isFollowed(this, shape.rank().orElse(0)) ? shape : Shape.unranked();
    }

    private Known typed(Known known, int index, Schema schema) {
        if (known.type() instanceof ValueType.TensorType t && t.dtype().isPresent()) {
            return known;
        }
        Optional<DType> dtype = schema.output(index).flatMap(p -> dtype(p, schema));
        return switch (known.type()) {
            case ValueType.TensorType t -> known.withType(new ValueType.TensorType(dtype, t.shape()));
            case ValueType.UnknownType u
            when dtype.isPresent() ->
                Known.of(new ValueType.TensorType(dtype, known.type().shape()));
            case ValueType.UnknownType u -> known;
            case ValueType.SparseTensorType s -> known;
            case ValueType.SequenceType s -> known;
            case ValueType.OptionalType o -> known;
            case ValueType.MapType m -> known;
        };
    }

    private Optional<DType> dtype(Param output, Schema schema) {
        if (!output.isVariable()) {
            return DType.ofText(output.type());
        }
        for (int i = 0; i < node.inputs().size(); i++) {
            if (schema.input(i).filter(p -> p.type().equals(output.type())).isPresent() && dtype(i).isPresent()) {
                return dtype(i);
            }
        }
        return Optional.empty();
    }
}
