package dev.lathe.graph.analyze;

import dev.lathe.core.JobCancelledException;
import dev.lathe.core.JobContext;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Function;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.OperatorKey;
import dev.lathe.graph.Shape;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.op.Known;
import dev.lathe.graph.op.OpCatalog;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.PositiveAttributes;
import dev.lathe.graph.op.StatedLimits;
import dev.lathe.graph.op.Trait;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;

/// Finds the types of all values of a model in one walk over its nodes: element types, shapes with named
/// dimensions, and the contents of small integer tensors, so that shapes computed by the graph are followed.
///
/// An operator that nobody knows leaves its outputs as declared. A contradiction becomes a diagnostic that
/// names the node, and inference goes on.
final class ShapeInference {
    private static final System.Logger LOG = System.getLogger(ShapeInference.class.getName());

    /// What a body gives is what the next run of it gets.
    private static final Set<String> LOOPS = Set.of("Loop", "SequenceMap");

    private final Model model;
    private final DimBindings bindings;
    private final JobContext context;
    private final OpCatalog catalog = OpCatalog.standard();

    private final Unifier unifier = new Unifier();
    private final Contradictions contradictions = new Contradictions();
    /// Names that inference gave to extents that depend on data.
    private final Set<String> invented = new HashSet<>();

    private final Map<Tensor, Known> contents = new IdentityHashMap<>();
    private final Map<Graph, Map<ValueId, Tensor>> sparse = new IdentityHashMap<>();
    private final Following following;
    private final Calls calls;
    private int inLoop;
    /// Whether a body is gone through of which more is known than holds whenever it runs.
    private boolean aside;

    private ShapeInference(Model model, DimBindings bindings, JobContext context) {
        this.model = model;
        this.bindings = bindings;
        this.context = context;
        following = new Following(model);
        calls = new Calls(model, following, contradictions, this::graph);
    }

    /// The types, and the scope that holds them with the contents and the inside of every function call.
    record Result(Inference inference, Scope scope, Map<OperatorKey, Function> functions, Map<String, Dim> solved) {
        Optional<Function> function(Node node) {
            return Optional.ofNullable(functions.get(OperatorKey.of(node)));
        }
    }

    static Result of(Model model, DimBindings bindings, JobContext context) {
        ShapeInference run = new ShapeInference(model, bindings, context);
        Scope scope = new Scope(Positions.of(model.graph()), new FactBudget(model), model.opsets(), Attrs.NONE);
        Graph main = model.graph();
        for (ValueId id : main.inputs()) {
            main.value(id).ifPresent(v -> {
                ValueType type = InputTypes.of(v, bindings);
                scope.know(id, Known.of(type));
                scope.beyondLoading(id, !type.equals(InputTypes.of(v, DimBindings.NONE)));
            });
        }
        run.graph(main, scope);
        run.relateOutputs(main, scope, InputTypes.freeDims(main).keySet());
        if (!run.unifier.isEmpty()) {
            FactBudget again = new FactBudget(model);
            scope.replaceAll(k -> again.within(run.unifier.resolve(k)));
        }
        Map<ValueId, ValueType> types = new LinkedHashMap<>();
        main.forEachGraph(g -> g.values().forEach(v -> {
            ValueType found = scope.known(v.id()).type();
            types.put(v.id(), found instanceof ValueType.UnknownType ? run.declared(v) : found);
        }));
        run.calls.joined().forEach((id, type) -> types.put(id, run.unifier.resolve(type)));
        return new Result(
                new Inference(types, run.contradictions.all()), scope, run.calls.functions(), run.unifier.solutions());
    }

    /// Infers a graph whose inputs are already known in `scope`.
    private void graph(Graph graph, Scope scope) {
        for (Map.Entry<ValueId, Tensor> e : graph.initializers().entrySet()) {
            scope.constant(e.getKey(), e.getValue());
            scope.know(e.getKey(), content(e.getValue()));
        }
        sparse.computeIfAbsent(graph, SparseWeights::of).forEach((id, tensor) -> {
            scope.constant(id, tensor);
            scope.know(id, Known.of(tensor.type()));
        });
        for (Node node : graph.nodes()) {
            context.checkCancelled();
            node(node, graph, scope);
        }
    }

    /// What is in a constant, read once: bodies are gone through again and again.
    Known content(Tensor tensor) {
        return contents.computeIfAbsent(tensor, SmallContents::of);
    }

    /// Infers a graph that a node holds, its formal inputs given.
    List<Known> body(Node node, Graph body, Scope scope, List<Known> formals) {
        Optional<String> refusal = following.enterBody(body);
        if (refusal.isPresent()) {
            scope.notEntered(body);
            calls.notFollowed(node, refusal.get(), aside);
            return List.of();
        }
        scope.enter(body);
        boolean beyondLoading = scope.isAnyBeyondLoading(node.inputs());
        for (int i = 0; i < body.inputs().size(); i++) {
            ValueId id = body.inputs().get(i);
            Known actual = i < formals.size() ? formals.get(i) : Known.NOTHING;
            // What really comes in counts: the declared type only fills what the caller does not know.
            ValueType type = body.value(id)
                    .map(v -> Types.merge(actual.type(), declared(v)))
                    .orElse(actual.type());
            scope.know(id, actual.withType(type));
            scope.beyondLoading(id, beyondLoading);
        }
        boolean loop = spec(node).filter(o -> LOOPS.contains(o.schema().name())).isPresent();
        contradictions.enterBody();
        inLoop += loop ? 1 : 0;
        try {
            graph(body, scope);
        } finally {
            contradictions.leaveBody();
            inLoop -= loop ? 1 : 0;
            following.leaveBody();
        }
        return body.outputs().stream().map(scope::known).toList();
    }

    /// Goes through a body in rounds of which each is a part of the truth, and leaves all that is known inside it as it
    /// was before. Empty where that takes too much, or is being done already.
    List<Known> aside(Graph body, Scope scope, long rounds, Supplier<List<Known>> work) {
        if (aside || !following.affords(body, rounds)) {
            return List.of();
        }
        Runnable restore = scope.saved(body);
        aside = true;
        try {
            return work.get();
        } finally {
            aside = false;
            restore.run();
        }
    }

    /// What a node was found to give.
    ///
    /// @param beyondLoading whether ONNX Runtime knows less of it when it loads the model
    private record Told(List<Known> outputs, boolean beyondLoading) {
        static final Told NOTHING = new Told(List.of(), false);

        Known output(int index) {
            return index < outputs.size() ? outputs.get(index) : Known.NOTHING;
        }
    }

    private void node(Node node, Graph graph, Scope scope) {
        scope.forget(node);
        Optional<Function> function = calls.called(node);
        Optional<OpSpec> spec = spec(node);
        Told told = function.isPresent()
                ? call(function.get(), node, scope)
                : spec.isPresent() ? infer(spec.get(), node, scope) : Told.NOTHING;
        for (int i = 0; i < node.outputs().size(); i++) {
            ValueId id = node.outputs().get(i);
            Known known = told.output(i);
            boolean beyondLoading = told.beyondLoading();
            Optional<Value> value = graph.value(id);
            if (value.isPresent() && !(value.get().declared() instanceof ValueType.UnknownType)) {
                ValueType stated = declared(value.get());
                compareWithDeclared(node, value.get(), known);
                ValueType declared = Branches.withoutGuesses(node, i, stated, scope);
                counted(known.type().shape(), declared.shape());
                known = known.withType(Types.merge(known.type(), declared));
                beyondLoading |= !bindings.sizes().isEmpty() && !stated.equals(declared(value.get(), DimBindings.NONE));
            }
            scope.know(id, known);
            scope.beyondLoading(id, beyondLoading);
        }
        if (spec.filter(o -> o.is(Trait.CONSTANT_FOLDABLE)).isPresent()
                && areFixed(node.inputs(), scope)
                && node.outputs().stream()
                        .allMatch(o -> !o.isPresent()
                                || FoldedConstants.fits(scope.known(o).type()))) {
            node.outputs().forEach(scope::folded);
        }
    }

    /// Only what the file says in numbers can be wrong: names are often the exporter's guesses. Runtimes take another
    /// element type for an error, but go by the shape that they compute.
    private void compareWithDeclared(Node node, Value output, Known known) {
        Types.merge(known.type(), output.declared(), (sentence, what) -> {
            String whole = "output '" + output.name() + "' " + sentence;
            if (what == Types.Clash.TYPE) {
                contradictions.fault(node, whole);
            } else {
                contradictions.doubt(node, whole);
            }
        });
    }

    private Told call(Function function, Node node, Scope caller) {
        FollowedCalls.Standing standing = new FollowedCalls.Standing(contradictions.isCertain(), inLoop > 0, aside);
        return calls.infer(function, node, caller, standing)
                .map(made -> new Told(made.outputs(), made.beyondLoading()))
                .orElse(Told.NOTHING);
    }

    private Optional<OpSpec> spec(Node node) {
        return calls.called(node).isPresent() ? Optional.empty() : catalog.find(node);
    }

    /// Whether nobody can change the value from run to run; before IR version 4 every weight was an input, too.
    private boolean isFixed(ValueId id, Scope scope) {
        return scope.isConstant(id) && (model.irVersion() < 4 || !model.graph().isInput(id));
    }

    private boolean areFixed(List<ValueId> values, Scope scope) {
        for (ValueId v : values) {
            if (v.isPresent() && !isFixed(v, scope)) {
                return false;
            }
        }
        return true;
    }

    private Told infer(OpSpec spec, Node node, Scope scope) {
        NodeInference inference = new NodeInference(this, scope, node);
        int present = node.inputs().size();
        Optional<String> wrong = PositiveAttributes.wrong(spec.schema(), inference.attrs())
                .or(() -> StatedLimits.wrongWord(spec.schema(), inference.attrs()))
                .or(() -> StatedLimits.wrongType(spec.schema(), inference.attrs()));
        Optional<String> atRun = PositiveAttributes.wrongAtRun(spec.schema(), inference.attrs());
        Optional<String> rank = StatedLimits.wrongRank(spec.schema(), inference);
        OptionalInt empty = StatedLimits.empty(spec.schema(), inference);
        if (empty.isPresent()) {
            String sentence = "input " + empty.getAsInt() + " of its list is left empty";
            // Of the others ONNX Runtime finds that when the node runs.
            if (empty.getAsInt() == 0) {
                misfit(node, scope, sentence);
            } else {
                contradictions.contradiction(node, sentence);
            }
        } else if (wrong.isPresent()) {
            contradictions.fault(node, wrong.get());
        } else if (atRun.isPresent()) {
            contradictions.contradiction(node, atRun.get());
        } else if (rank.isPresent()) {
            misfit(node, scope, rank.get());
        } else if (present < spec.schema().leastInputs()) {
            contradictions.doubt(
                    node,
                    "the operator takes at least " + spec.schema().leastInputs() + " inputs, the node has " + present);
        } else {
            try {
                spec.infer(inference);
            } catch (JobCancelledException stop) {
                throw stop;
            } catch (RuntimeException malformed) {
                // Files contain what no rule foresees: such a node stays unknown, and the rest is still inferred.
                // Whether a runtime could make something of it is open.
                LOG.log(System.Logger.Level.DEBUG, () -> "inferring " + node.shownName(), malformed);
                contradictions.doubt(node, "its attributes and inputs do not fit together");
            }
        }
        List<Known> told = new ArrayList<>(node.outputs().size());
        for (int i = 0; i < node.outputs().size(); i++) {
            told.add(inference.told(i, spec.schema()));
        }
        return new Told(told, inference.isBeyondLoading() || scope.isBeyondLoading(node));
    }

    Dim unify(Node node, Dim a, Dim b) {
        Unifier.Solved solved = unifier.solve(a, b, contradictions.isCertain());
        if (solved.clash()) {
            String sentence = "sizes " + unifier.resolve(a) + " and " + unifier.resolve(b) + " must be equal";
            // Exporters give one name to sizes that differ; runtimes do not go by names.
            if (a instanceof Dim.Fixed && b instanceof Dim.Fixed) {
                contradictions.contradiction(node, sentence);
            } else {
                contradictions.doubt(node, sentence);
            }
        }
        return solved.dim();
    }

    /// An extent that depends on data, called after its value; inside a branch, loop or function, where it may
    /// be another one each time, it is unknown unless the user gave it a size.
    Dim named(ValueId output, int axis) {
        String name = nameOf(output, axis);
        Optional<Dim> set = set(name);
        if (set.isPresent() || !contradictions.isCertain() || following.isInCall()) {
            return set.orElse(Dim.unknown());
        }
        invented.add(name);
        return Dim.symbol(name);
    }

    /// Whether the user gave that extent a size.
    boolean isSet(ValueId output, int axis) {
        return !bindings.sizes().isEmpty() && set(nameOf(output, axis)).isPresent();
    }

    private Optional<Dim> set(String name) {
        return Optional.ofNullable(bindings.sizes().get(name)).map(Dim::of);
    }

    private String nameOf(ValueId output, int axis) {
        return model.graph().nameOf(output) + "_d" + axis;
    }

    /// An extent that depends on data is what the file says where it says a number.
    private void counted(Shape inferred, Shape declared) {
        if (inferred instanceof Shape.Ranked(List<Dim> mine)
                && declared instanceof Shape.Ranked(List<Dim> told)
                && mine.size() == told.size()) {
            for (int i = 0; i < mine.size(); i++) {
                if (mine.get(i) instanceof Dim.Symbol(String name)
                        && invented.contains(name)
                        && told.get(i) instanceof Dim.Fixed) {
                    unifier.solve(mine.get(i), told.get(i), true);
                }
            }
        }
    }

    /// An output may be declared with the name of an input's dimension: `total` where the graph computes
    /// `past + sequence`. Then the one follows from the others.
    private void relateOutputs(Graph main, Scope scope, Set<String> inputNames) {
        for (ValueId id : main.outputs()) {
            if (!(scope.known(id).type().shape() instanceof Shape.Ranked(List<Dim> computed))
                    || !(main.value(id)
                                    .map(this::declared)
                                    .map(ValueType::shape)
                                    .orElse(Shape.unranked())
                            instanceof Shape.Ranked(List<Dim> declared))
                    || computed.size() != declared.size()) {
                continue;
            }
            for (int i = 0; i < declared.size(); i++) {
                if (declared.get(i) instanceof Dim.Symbol(String name)
                        && inputNames.contains(name)
                        && computed.get(i) instanceof Dim.Expr e) {
                    unifier.solve(declared.get(i), e, true);
                }
            }
        }
    }

    Contradictions contradictions() {
        return contradictions;
    }

    /// What ONNX Runtime finds when it loads the model. It does not know the sizes in a loop, and no more of what comes
    /// out of a node than of what goes in.
    void misfit(Node node, Scope scope, String sentence) {
        contradictions.misfit(node, sentence, inLoop > 0 || scope.isAnyBeyondLoading(node.inputs()));
    }

    private ValueType declared(Value value) {
        return declared(value, bindings);
    }

    private static ValueType declared(Value value, DimBindings sizes) {
        return Types.mapDims(value.declared(), d -> {
            Dim set = InputTypes.meant(d, sizes);
            return set instanceof Dim.Fixed(long size) && size < 0 ? Dim.unknown() : set;
        });
    }
}
