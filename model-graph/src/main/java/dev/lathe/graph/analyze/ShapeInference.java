package dev.lathe.graph.analyze;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobCancelledException;
import dev.lathe.core.JobContext;
import dev.lathe.core.Place;
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
import dev.lathe.graph.op.Either;
import dev.lathe.graph.op.Known;
import dev.lathe.graph.op.OpCatalog;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.PositiveAttributes;
import dev.lathe.graph.op.StatedLimits;
import dev.lathe.graph.op.Trait;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
    /// What a body gives is what the next run of it gets.
    private static final Set<String> LOOPS = Set.of("Loop", "SequenceMap");

    private final Model model;
    private final DimBindings bindings;
    private final JobContext context;
    private final OpCatalog catalog = OpCatalog.standard();
    private final Map<OperatorKey, Function> functions = new HashMap<>();
    /// Of the bodies of functions, which are called again and again.
    private final Map<Graph, Positions> positions = new IdentityHashMap<>();

    private final Unifier unifier = new Unifier();
    private final Set<Diagnostic> diagnostics = new LinkedHashSet<>();
    private final Map<ValueId, ValueType> joined = new HashMap<>();
    /// Names that inference gave to extents that depend on data.
    private final Set<String> invented = new HashSet<>();

    private final Following following;
    private final FollowedCalls followed = new FollowedCalls();
    private int inBranch;
    private int inLoop;
    /// Whether a branch was ruled out: from there on more is known here than ONNX Runtime knows when it loads the
    /// model.
    private boolean chosen;
    /// Whether a body is gone through of which more is known than holds whenever it runs.
    private boolean aside;
    /// Of sizes, in graphs that may run.
    private int contradictions;

    private ShapeInference(Model model, DimBindings bindings, JobContext context) {
        this.model = model;
        this.bindings = bindings;
        this.context = context;
        following = new Following(model);
        model.functions().forEach(f -> functions.put(OperatorKey.of(f), f));
    }

    /// The types, and the scope that holds them with the contents and the inside of every function call.
    record Result(Inference inference, Scope scope, Map<OperatorKey, Function> functions, Map<String, Dim> solved) {
        Optional<Function> function(Node node) {
            return Optional.ofNullable(functions.get(OperatorKey.of(node)));
        }
    }

    static Result of(Model model, DimBindings bindings, JobContext context) {
        ShapeInference run = new ShapeInference(model, bindings, context);
        Scope scope = new Scope(Positions.of(model.graph()), model.opsets(), Attrs.NONE);
        Graph main = model.graph();
        for (ValueId id : main.inputs()) {
            main.value(id).ifPresent(v -> scope.know(id, Known.of(InputTypes.of(v, bindings))));
        }
        run.graph(main, scope);
        run.relateOutputs(main, scope, InputTypes.freeDims(main).keySet());
        if (!run.unifier.isEmpty()) {
            scope.replaceAll(run.unifier::resolve);
        }
        Map<ValueId, ValueType> types = new LinkedHashMap<>();
        main.forEachGraph(g -> g.values().forEach(v -> {
            ValueType found = scope.known(v.id()).type();
            types.put(v.id(), found instanceof ValueType.UnknownType ? run.declared(v) : found);
        }));
        run.joined.forEach((id, type) -> types.put(id, run.unifier.resolve(type)));
        return new Result(
                new Inference(types, List.copyOf(run.diagnostics)), scope, run.functions, run.unifier.solutions());
    }

    /// Infers a graph whose inputs are already known in `scope`.
    private void graph(Graph graph, Scope scope) {
        for (Map.Entry<ValueId, Tensor> e : graph.initializers().entrySet()) {
            scope.constant(e.getKey(), e.getValue());
            scope.know(e.getKey(), SmallContents.of(e.getValue()));
        }
        for (Node node : graph.nodes()) {
            context.checkCancelled();
            node(node, graph, scope);
        }
    }

    /// Infers a graph that a node holds, its formal inputs given.
    List<Known> body(Node node, Graph body, Scope scope, List<Known> formals) {
        Optional<String> refusal = following.enterBody(body);
        if (refusal.isPresent()) {
            scope.notEntered(body);
            notFollowed(node, refusal.get());
            return List.of();
        }
        scope.enter(body);
        for (int i = 0; i < body.inputs().size(); i++) {
            ValueId id = body.inputs().get(i);
            Known actual = i < formals.size() ? formals.get(i) : Known.NOTHING;
            // What really comes in counts: the declared type only fills what the caller does not know.
            ValueType type = body.value(id)
                    .map(v -> Types.merge(actual.type(), declared(v)))
                    .orElse(actual.type());
            scope.know(id, actual.withType(type));
        }
        boolean loop = spec(node).filter(o -> LOOPS.contains(o.schema().name())).isPresent();
        inBranch++;
        inLoop += loop ? 1 : 0;
        try {
            graph(body, scope);
        } finally {
            inBranch--;
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
        boolean chosenBefore = chosen;
        aside = true;
        try {
            return work.get();
        } finally {
            aside = false;
            chosen = chosenBefore;
            restore.run();
        }
    }

    private void node(Node node, Graph graph, Scope scope) {
        scope.forget(node);
        Function function = functions.get(OperatorKey.of(node));
        Optional<OpSpec> spec = spec(node);
        List<Known> told = function != null
                ? call(function, node, scope)
                : spec.isPresent() ? infer(spec.get(), node, scope) : List.of();
        for (int i = 0; i < node.outputs().size(); i++) {
            ValueId id = node.outputs().get(i);
            Known known = i < told.size() ? told.get(i) : Known.NOTHING;
            Optional<Value> value = graph.value(id);
            if (value.isPresent() && !(value.get().declared() instanceof ValueType.UnknownType)) {
                String name = value.get().name();
                // Only what the file says in numbers can be wrong: names are often the exporter's guesses.
                // Runtimes take another element type for an error, but go by the shape that they compute.
                Types.merge(known.type(), value.get().declared(), (sentence, what) -> {
                    if (what == Types.Clash.TYPE) {
                        fault(node, "output '" + name + "' " + sentence);
                    } else {
                        doubt(node, "output '" + name + "' " + sentence);
                    }
                });
                ValueType declared = Branches.withoutGuesses(node, i, declared(value.get()), scope);
                counted(known.type().shape(), declared.shape());
                known = known.withType(Types.merge(known.type(), declared));
            }
            scope.know(id, known);
        }
        if (spec.filter(o -> o.is(Trait.CONSTANT_FOLDABLE)).isPresent()
                && node.inputs().stream().allMatch(in -> !in.isPresent() || isFixed(in, scope))
                && node.outputs().stream()
                        .allMatch(o -> !o.isPresent()
                                || FoldedConstants.fits(scope.known(o).type()))) {
            node.outputs().forEach(scope::folded);
        }
    }

    private Optional<OpSpec> spec(Node node) {
        return functions.containsKey(OperatorKey.of(node)) ? Optional.empty() : catalog.find(node);
    }

    /// Whether nobody can change the value from run to run; before IR version 4 every weight was an input, too.
    private boolean isFixed(ValueId id, Scope scope) {
        return scope.isConstant(id) && (model.irVersion() < 4 || !model.graph().isInput(id));
    }

    private List<Known> infer(OpSpec spec, Node node, Scope scope) {
        NodeInference inference = new NodeInference(this, scope, node);
        int present = node.inputs().size();
        Optional<String> wrong = PositiveAttributes.wrong(spec.schema(), inference.attrs())
                .or(() -> StatedLimits.wrongWord(spec.schema(), inference.attrs()))
                .or(() -> StatedLimits.wrongType(spec.schema(), inference.attrs()));
        Optional<String> rank = StatedLimits.wrongRank(spec.schema(), inference);
        OptionalInt empty = StatedLimits.empty(spec.schema(), inference);
        if (empty.isPresent()) {
            String sentence = "input " + empty.getAsInt() + " of its list is left empty";
            // Of the others ONNX Runtime finds that when the node runs.
            if (empty.getAsInt() == 0) {
                misfit(node, sentence);
            } else {
                contradiction(node, sentence);
            }
        } else if (wrong.isPresent()) {
            fault(node, wrong.get());
        } else if (rank.isPresent()) {
            misfit(node, rank.get());
        } else if (present < spec.schema().leastInputs()) {
            doubt(
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
                doubt(node, "its attributes and inputs do not fit together (" + malformed + ")");
            }
        }
        List<Known> told = new ArrayList<>(node.outputs().size());
        for (int i = 0; i < node.outputs().size(); i++) {
            told.add(inference.told(i, spec.schema()));
        }
        return told;
    }

    /// Infers the function's body for this call: formal inputs are the actual ones, attributes the caller's.
    private List<Known> call(Function function, Node node, Scope caller) {
        Graph body = function.body();
        List<ValueId> given = node.inputs().stream().limit(body.inputs().size()).toList();
        FollowedCalls.Call call = new FollowedCalls.Call(
                body,
                caller.attrs(node),
                given.stream().map(caller::known).toList(),
                given.stream().map(caller::constant).toList(),
                new FollowedCalls.Standing(inBranch == 0, moreIsKnown(), aside));
        Optional<FollowedCalls.Outcome> before = followed.find(call);
        if (before.isEmpty()) {
            Optional<String> refusal = following.enter(function);
            if (refusal.isPresent()) {
                notFollowed(node, refusal.get());
                return List.of();
            }
        }
        FollowedCalls.Outcome outcome = before.orElseGet(() -> follow(function, call));
        contradictions += before.isPresent() ? outcome.contradictions() : 0;
        caller.call(node.id(), outcome.inside());
        return body.outputs().stream()
                .limit(node.outputs().size())
                .map(outcome.inside()::known)
                .toList();
    }

    private FollowedCalls.Outcome follow(Function function, FollowedCalls.Call call) {
        Graph body = function.body();
        Map<String, Long> opsets = function.opsets().isEmpty() ? model.opsets() : function.opsets();
        Scope inside = new Scope(
                positions.computeIfAbsent(body, Positions::of), opsets, withDefaults(call.attributes(), function));
        for (int i = 0; i < call.inputs().size(); i++) {
            ValueId formal = body.inputs().get(i);
            inside.know(formal, call.inputs().get(i));
            call.constants().get(i).ifPresent(t -> inside.constant(formal, t));
        }
        int contradictionsBefore = contradictions;
        try {
            graph(body, inside);
        } finally {
            following.leave(function);
        }
        body.forEachGraph(g -> g.values()
                .forEach(v -> joined.merge(v.id(), inside.known(v.id()).type(), Either::ofAny)));
        FollowedCalls.Outcome outcome = new FollowedCalls.Outcome(inside, contradictions - contradictionsBefore);
        followed.keep(call, outcome);
        return outcome;
    }

    private static Attrs withDefaults(Attrs given, Function function) {
        List<Attrs.Entry> all = new ArrayList<>(given.entries());
        Set<String> names = new HashSet<>();
        all.forEach(e -> names.add(e.name()));
        for (Attrs.Entry e : function.defaults().entries()) {
            if (names.add(e.name())) {
                all.add(e);
            }
        }
        return new Attrs(all);
    }

    Dim unify(Node node, Dim a, Dim b) {
        Unifier.Solved solved = unifier.solve(a, b, inBranch == 0);
        if (solved.clash()) {
            String sentence = "sizes " + unifier.resolve(a) + " and " + unifier.resolve(b) + " must be equal";
            // Exporters give one name to sizes that differ; runtimes do not go by names.
            if (a instanceof Dim.Fixed && b instanceof Dim.Fixed) {
                contradiction(node, sentence);
            } else {
                doubt(node, sentence);
            }
        }
        return solved.dim();
    }

    /// An extent that depends on data, called after its value; inside a branch, loop or function, where it may
    /// be another one each time, it is unknown unless the user gave it a size.
    Dim named(ValueId output, int axis) {
        String name = model.graph().nameOf(output) + "_d" + axis;
        Optional<Dim> set = Optional.ofNullable(bindings.sizes().get(name)).map(Dim::of);
        if (set.isPresent() || inBranch > 0 || following.isInCall()) {
            return set.orElse(Dim.unknown());
        }
        invented.add(name);
        return Dim.symbol(name);
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

    void chosen() {
        chosen = true;
    }

    int contradictions() {
        return contradictions;
    }

    void contradictions(int counted) {
        contradictions = counted;
    }

    /// What no runtime runs. Inside a branch or loop body it is only a remark: for these sizes the body may just never
    /// run.
    void contradiction(Node node, String sentence) {
        contradictions++;
        diagnostics.add(
                inBranch == 0
                        ? Diagnostic.error("shape-contradiction", sentence, place(node))
                        : Diagnostic.info("shape-contradiction-in-branch", sentence, place(node)));
    }

    /// What ONNX Runtime finds when it loads the model, whether the graph runs or not. It does not know the sizes in a
    /// loop.
    void misfit(Node node, String sentence) {
        if (moreIsKnown()) {
            contradiction(node, sentence);
        } else {
            contradictions++;
            diagnostics.add(Diagnostic.error("shape-contradiction", sentence, place(node)));
        }
    }

    private boolean moreIsKnown() {
        return inLoop > 0 || chosen || !bindings.sizes().isEmpty();
    }

    private void notFollowed(Node node, String sentence) {
        // Of the one trip nobody needs to know: what holds in all of them was told before.
        if (!aside) {
            doubt(node, sentence);
        }
    }

    /// What the standard forbids and ONNX Runtime accepts, or what could not be followed.
    void doubt(Node node, String sentence) {
        diagnostics.add(
                inBranch == 0
                        ? Diagnostic.warning("shape-contradiction", sentence, place(node))
                        : Diagnostic.info("shape-contradiction-in-branch", sentence, place(node)));
    }

    /// What is wrong for all sizes.
    void fault(Node node, String sentence) {
        diagnostics.add(Diagnostic.error("node-contradiction", sentence, place(node)));
    }

    private static Place place(Node node) {
        return new Place.AtNode(node.shownName(), node.qualifiedOp());
    }

    private ValueType declared(Value value) {
        return Types.mapDims(value.declared(), d -> {
            Dim set = InputTypes.meant(d, bindings);
            return set instanceof Dim.Fixed(long size) && size < 0 ? Dim.unknown() : set;
        });
    }
}
