package dev.lathe.graph.verify;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.Place;
import dev.lathe.graph.Function;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.OperatorKey;
import dev.lathe.graph.analyze.Inference;
import dev.lathe.graph.op.OpCatalog;
import dev.lathe.graph.op.OpSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// The model that is checked, with what rules ask of it, and where their findings go.
final class Subject {
    private final Model model;
    private final Inference inference;
    private final JobContext context;
    private final Consumer<Diagnostic> found;
    private final Map<OperatorKey, Function> functions = new HashMap<>();

    Subject(Model model, Inference inference, JobContext context, Consumer<Diagnostic> found) {
        this.context = context;
        this.model = model;
        this.inference = inference;
        this.found = found;
        model.functions().forEach(f -> functions.putIfAbsent(OperatorKey.of(f), f));
    }

    /// Told of every node, those in bodies and functions too.
    interface NodeVisitor {
        /// @param opsets the imports that hold there
        void visit(Node node, Graph graph, Map<String, Long> opsets);
    }

    Model model() {
        return model;
    }

    /// Of the check, for what takes long.
    JobContext context() {
        return context;
    }

    Inference inference() {
        return inference;
    }

    void forEachNode(NodeVisitor visitor) {
        model.graph().forEachGraph(g -> g.nodes().forEach(n -> visitor.visit(n, g, model.opsets())));
        for (Function f : model.functions()) {
            Map<String, Long> opsets = opsets(f);
            f.body().forEachGraph(g -> g.nodes().forEach(n -> visitor.visit(n, g, opsets)));
        }
    }

    /// The same without the functions that nobody calls, which runtimes never look into.
    void forEachUsedNode(NodeVisitor visitor) {
        model.graph().forEachGraph(g -> g.nodes().forEach(n -> visitor.visit(n, g, model.opsets())));
        for (Function f : called()) {
            Map<String, Long> opsets = opsets(f);
            f.body().forEachGraph(g -> g.nodes().forEach(n -> visitor.visit(n, g, opsets)));
        }
    }

    /// Those that are called, directly or not, each once.
    List<Function> called() {
        Set<Function> seen = identities();
        List<Function> called = new ArrayList<>();
        Deque<Graph> bodies = new ArrayDeque<>(List.of(model.graph()));
        while (!bodies.isEmpty()) {
            bodies.pop()
                    .forEachGraph(g -> g.nodes()
                            .forEach(n -> function(n).ifPresent(f -> {
                                if (seen.add(f)) {
                                    called.add(f);
                                    bodies.push(f.body());
                                }
                            })));
        }
        return called;
    }

    /// An empty set of functions that are told apart by identity: the hash of one goes through the values of all its
    /// defaults.
    static Set<Function> identities() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    /// The imports that hold in a function.
    Map<String, Long> opsets(Function f) {
        return f.opsets().isEmpty() ? model.opsets() : f.opsets();
    }

    /// The function of the model that the node calls.
    Optional<Function> function(Node node) {
        return Optional.ofNullable(functions.get(OperatorKey.of(node)));
    }

    /// The operator, unless a function of the model takes its place or nobody knows it.
    Optional<OpSpec> operator(Node node) {
        return function(node).isPresent()
                ? Optional.empty()
                : OpCatalog.standard().find(node);
    }

    /// What the standard says of the operator in the version that holds for the node; nothing for operators of others,
    /// and for those that were taken out.
    Optional<OperatorTypes.Signature> signature(Node node, Map<String, Long> opsets) {
        String domain = domain(node.domain());
        return function(node).isPresent()
                ? Optional.empty()
                : OperatorTypes.standard()
                        .find(domain, node.op(), version(opsets, domain).orElse(1L))
                        .filter(s -> !s.isDeprecated());
    }

    void error(String code, String sentence, Node at) {
        found.accept(Diagnostic.error(code, sentence, place(at)));
    }

    void warning(String code, String sentence, Node at) {
        found.accept(Diagnostic.warning(code, sentence, place(at)));
    }

    void error(String code, String sentence, Place at) {
        found.accept(Diagnostic.error(code, sentence, at));
    }

    void remark(String code, String sentence, Place at) {
        found.accept(Diagnostic.info(code, sentence, at));
    }

    void warning(String code, String sentence, Place at) {
        found.accept(Diagnostic.warning(code, sentence, at));
    }

    static Place place(Node node) {
        return new Place.AtNode(node.shownName(), node.qualifiedOp());
    }

    /// "" and "ai.onnx" are the same domain.
    static String domain(String name) {
        return name.equals("ai.onnx") ? "" : name;
    }

    /// The name of a domain for people.
    static String words(String domain) {
        return domain.isEmpty() ? "ai.onnx" : domain;
    }

    /// The imported version of a domain, by either of its names.
    static Optional<Long> version(Map<String, Long> opsets, String domain) {
        return opsets.entrySet().stream()
                .filter(e -> domain(e.getKey()).equals(domain(domain)))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
