package dev.lathe.graph.analyze;

import dev.lathe.core.JobContext;
import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.Function;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.OpCatalog;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Trait;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/// Follows storage through one graph in execution order. A view shares the storage of its input; an in-place
/// operator takes over an input of the same size that dies at it; weights, and what a runtime computes from
/// them when it loads the model ([FoldedConstants]), are not activations; what a node needs inside (its
/// branches, loop body or function) is counted while the node runs.
final class LivenessWalk {
    private final OpCatalog catalog = OpCatalog.standard();
    private final ShapeInference.Result types;
    private final JobContext context;
    private final ProductBudget products;
    private final Map<Scope, Map<Set<ValueId>, Dim>> calls = new IdentityHashMap<>();
    /// So many nodes more are gone through again because other arguments of the call live on.
    private long again = 100_000;

    LivenessWalk(Model model, ShapeInference.Result types, JobContext context) {
        this.products = new ProductBudget(model);
        this.types = types;
        this.context = context;
    }

    Liveness run(Graph graph) {
        return run(graph, types.scope(), Set.of()).withFolded(new FoldedConstants(types).bytes(graph));
    }

    /// Storage of one value and everything that shares it.
    private static final class Storage {
        final ValueId first;
        final Dim bytes;
        final int from;
        final boolean fromOutside;
        int to;

        Storage(ValueId first, Dim bytes, int from, boolean fromOutside) {
            this.first = first;
            this.bytes = bytes;
            this.from = from;
            this.fromOutside = fromOutside;
            to = from;
        }
    }

    /// @param kept inputs that somebody else needs afterwards
    private Liveness run(Graph graph, Scope scope, Set<ValueId> kept) {
        int end = graph.nodes().size();
        Map<ValueId, Integer> lastUse = lastUses(graph, scope, kept);
        Map<ValueId, Storage> storage = new LinkedHashMap<>();
        for (ValueId in : graph.inputs()) {
            if (!graph.initializers().containsKey(in)) {
                allocate(storage, in, -1, true, lastUse, bytes(in, scope));
            }
        }
        long[] inside = new long[end];
        List<NodeId> unsized = new ArrayList<>();
        for (int i = 0; i < end; i++) {
            context.checkCancelled();
            Node node = graph.nodes().get(i);
            Optional<Dim> needed = inside(node, i, storage, scope);
            inside[i] = needed.map(d -> d.fixed().orElse(0)).orElse(0L);
            if (needed.isPresent() && !(needed.get() instanceof Dim.Fixed)) {
                unsized.add(node.id());
            }
            Optional<Storage> shared = shared(node, i, storage, scope);
            for (int o = 0; o < node.outputs().size(); o++) {
                ValueId out = node.outputs().get(o);
                if (!out.isPresent() || scope.isConstant(out)) {
                    continue;
                }
                if (o == 0 && shared.isPresent()) {
                    storage.put(out, shared.get());
                    shared.get().to = Math.max(shared.get().to, lastUse.getOrDefault(out, i));
                } else {
                    allocate(storage, out, i, false, lastUse, bytes(node, o, scope));
                }
            }
        }
        return peak(graph, storage, lastUse, inside, unsized);
    }

    private static void allocate(
            Map<ValueId, Storage> storage,
            ValueId id,
            int at,
            boolean fromOutside,
            Map<ValueId, Integer> lastUse,
            Dim bytes) {
        Storage s = new Storage(id, bytes, at, fromOutside);
        s.to = Math.max(at, lastUse.getOrDefault(id, at));
        storage.put(id, s);
    }

    private Dim bytes(ValueId id, Scope scope) {
        ValueType type = scope.known(id).type();
        return products.takes(type) ? CostContext.bytes(type) : Dim.unknown();
    }

    /// Bytes of one output. Where the branches of an If give different sizes, memory must be there for the larger one.
    private Dim bytes(Node node, int output, Scope scope) {
        Dim own = bytes(node.outputs().get(output), scope);
        if (!(own instanceof Dim.Unknown) || !node.op().equals("If")) {
            return own;
        }
        Dim most = Dim.of(0);
        for (Graph branch : node.subgraphs()) {
            if (output >= branch.outputs().size()) {
                return own;
            }
            ValueId result = branch.outputs().get(output);
            Dim one = branch.producer(result)
                    .map(n -> bytes(n, n.outputs().indexOf(result), scope))
                    .orElseGet(() -> bytes(result, scope));
            most = DimMath.max(most, one);
        }
        return most;
    }

    /// Position of the last node that needs each value's storage: views pass their own need on to their input.
    private Map<ValueId, Integer> lastUses(Graph graph, Scope scope, Set<ValueId> kept) {
        int end = graph.nodes().size();
        Map<ValueId, Integer> last = HashMap.newHashMap(end);
        graph.outputs().forEach(o -> last.put(o, end));
        kept.forEach(k -> last.put(k, end));
        for (int i = end - 1; i >= 0; i--) {
            Node node = graph.nodes().get(i);
            int at = i;
            boolean view = isView(node, scope);
            int viewEnds = view ? last.getOrDefault(node.output(0), at) : at;
            for (int k = 0; k < node.inputs().size(); k++) {
                last.merge(node.inputs().get(k), view && k == 0 ? viewEnds : at, Math::max);
            }
            node.subgraphs().forEach(g -> g.captures().forEach(c -> last.merge(c, at, Math::max)));
        }
        return last;
    }

    private Optional<OpSpec> spec(Node node) {
        return types.function(node).isPresent() ? Optional.empty() : catalog.find(node);
    }

    private boolean isView(Node node, Scope scope) {
        return spec(node)
                .filter(s -> s.isView(node, id -> scope.known(id).elements()))
                .isPresent();
    }

    /// The storage that output 0 of the node at `at` may live in.
    private Optional<Storage> shared(Node node, int at, Map<ValueId, Storage> storage, Scope scope) {
        Optional<OpSpec> spec = spec(node);
        if (spec.isEmpty()) {
            return Optional.empty();
        }
        if (isView(node, scope)) {
            ValueId in = node.input(0);
            boolean isOuter = in.isPresent() && !storage.containsKey(in) && !scope.isConstant(in);
            // The enclosing graph counts what a view of its values shares.
            return isOuter ? Optional.of(new Storage(in, Dim.of(0), -1, true)) : Optional.ofNullable(storage.get(in));
        }
        if (!spec.get().is(Trait.IN_PLACE)) {
            return Optional.empty();
        }
        Dim wanted = bytes(node.output(0), scope);
        for (ValueId in : node.inputs()) {
            Storage s = in.isPresent() ? storage.get(in) : null;
            if (s != null
                    && !s.fromOutside
                    && s.to == at
                    && !(wanted instanceof Dim.Unknown)
                    && s.bytes.equals(wanted)
                    && sameElements(
                            scope.known(in).type(), scope.known(node.output(0)).type())) {
                return Optional.of(s);
            }
        }
        return Optional.empty();
    }

    private boolean sameElements(ValueType a, ValueType b) {
        return a.shape().equals(b.shape())
                || products.takes(a)
                        && products.takes(b)
                        && CostContext.count(a).equals(CostContext.count(b));
    }

    /// Memory that the node at `at` needs inside while it runs; empty when it has no inside.
    private Optional<Dim> inside(Node node, int at, Map<ValueId, Storage> storage, Scope scope) {
        Optional<Function> function = types.function(node);
        if (function.isPresent()) {
            Graph body = function.get().body();
            return Optional.of(scope.call(node.id())
                    .map(s -> ofCall(body, s, livingOn(node, body, at, storage)))
                    .orElse(Dim.unknown()));
        }
        Optional<Dim> most = Optional.empty();
        List<Graph> bodies = scope.only(node.id())
                .flatMap(attr -> scope.attrs(node).graph(attr))
                .map(List::of)
                .orElseGet(node::subgraphs);
        for (Graph g : bodies) {
            Dim one = extra(g, scope, Set.copyOf(g.inputs()), states(node, g, scope));
            most = Optional.of(most.map(m -> DimMath.max(m, one)).orElse(one));
        }
        return most;
    }

    /// Calls with the same arguments, of which the same live on, need the same. A function of many arguments may
    /// be called with another choice of them living on each time: once that has been followed far enough, all are
    /// taken to live on, which is never too little.
    private Dim ofCall(Graph body, Scope inside, Set<ValueId> kept) {
        Map<Set<ValueId>, Dim> before = calls.computeIfAbsent(inside, s -> new HashMap<>());
        boolean followed = before.isEmpty() || again > 0 || before.containsKey(kept);
        Set<ValueId> counted = followed ? kept : Set.copyOf(body.inputs());
        Dim found = before.get(counted);
        if (found == null) {
            if (!before.isEmpty()) {
                body.forEachGraph(g -> again -= g.nodes().size() + 1);
            }
            found = extra(body, inside, counted, Set.of());
            before.put(counted, found);
        }
        return found;
    }

    /// Formal inputs of a function whose arguments the caller still needs after the call, and those that share an
    /// argument: only one that nobody else holds may go while the function runs.
    private static Set<ValueId> livingOn(Node call, Graph body, int at, Map<ValueId, Storage> storage) {
        Set<ValueId> kept = new HashSet<>();
        Map<Storage, ValueId> seen = new HashMap<>();
        for (int i = 0; i < body.inputs().size(); i++) {
            ValueId formal = body.inputs().get(i);
            Storage argument = storage.get(call.input(i));
            ValueId other = argument == null ? null : seen.put(argument, formal);
            if (other != null) {
                kept.add(other);
            }
            if (argument == null || argument.to > at || other != null) {
                kept.add(formal);
            }
        }
        return kept;
    }

    /// Formal inputs that hold what the trip before left, which is not the caller's.
    private static Set<ValueId> states(Node node, Graph body, Scope scope) {
        return switch (node.op()) {
            case "Loop" -> Set.copyOf(body.inputs());
            case "Scan" -> {
                int scanned = (int) scope.attrs(node).intOr("num_scan_inputs", 1);
                yield Set.copyOf(body.inputs()
                        .subList(
                                0,
                                Math.clamp(
                                        body.inputs().size() - (long) scanned,
                                        0,
                                        body.inputs().size())));
            }
            default -> Set.of();
        };
    }

    /// What a body needs beside its caller's storage: its formal inputs, but for `own`, are the caller's, and its
    /// outputs become the node's.
    private Dim extra(Graph body, Scope scope, Set<ValueId> kept, Set<ValueId> own) {
        Liveness inner = run(body, scope, kept);
        if (!(inner.peakBytes() instanceof Dim.Fixed(long peak))) {
            return Dim.unknown();
        }
        long outside = 0;
        for (ValueId id : body.inputs()) {
            outside += own.contains(id) ? 0 : bytes(inner, id);
        }
        for (ValueId id : new LinkedHashSet<>(body.outputs())) {
            outside += body.isInput(id) ? 0 : bytes(inner, id);
        }
        return Dim.of(Math.max(0, peak - outside));
    }

    private static long bytes(Liveness inner, ValueId id) {
        Liveness.Lifetime l = inner.lifetimes().get(id);
        return l == null ? 0 : l.bytes().fixed().orElse(0);
    }

    private static Liveness peak(
            Graph graph,
            Map<ValueId, Storage> storage,
            Map<ValueId, Integer> lastUse,
            long[] inside,
            List<NodeId> unsized) {
        int end = graph.nodes().size();
        long[] change = new long[end + 3];
        boolean known = unsized.isEmpty();
        List<Storage> distinct = new ArrayList<>();
        Map<ValueId, Liveness.Lifetime> lifetimes = new LinkedHashMap<>();
        for (Map.Entry<ValueId, Storage> e : storage.entrySet()) {
            Storage s = e.getValue();
            boolean owner = s.first.equals(e.getKey());
            if (owner) {
                distinct.add(s);
                known &= s.bytes instanceof Dim.Fixed;
                change[s.from + 1] += s.bytes.fixed().orElse(0);
                change[s.to + 2] -= s.bytes.fixed().orElse(0);
            }
            int from = owner
                    ? s.from
                    : graph.producer(e.getKey())
                            .map(n -> graph.position(n.id()))
                            .orElse(s.from);
            int to = owner ? s.to : lastUse.getOrDefault(e.getKey(), from);
            lifetimes.put(e.getKey(), new Liveness.Lifetime(from, to, owner ? s.bytes : Dim.of(0)));
        }
        // Where all of it together can be counted, every part of it can.
        boolean countable = isCountable(distinct, inside);
        long now = 0;
        long most = -1;
        int at = -1;
        for (int i = 0; i <= end + 1; i++) {
            now += change[i];
            long here = now + (i >= 1 && i <= end ? inside[i - 1] : 0);
            if (here > most) {
                most = here;
                at = i - 1;
            }
        }
        int peakAt = at;
        List<ValueId> alive = distinct.stream()
                .filter(s -> s.from <= peakAt && s.to >= peakAt)
                .sorted(Comparator.comparingLong((Storage s) -> -s.bytes.fixed().orElse(0)))
                .map(s -> s.first)
                .toList();
        Optional<NodeId> node = peakAt >= 0 && peakAt < end
                ? Optional.of(graph.nodes().get(peakAt).id())
                : Optional.empty();
        return new Liveness(
                known && countable ? Dim.of(most) : Dim.unknown(),
                countable ? Math.max(0, most) : Long.MAX_VALUE,
                node,
                lifetimes,
                alive,
                unsized,
                0);
    }

    private static boolean isCountable(List<Storage> all, long[] inside) {
        double bytes = LongStream.of(inside).max().orElse(0);
        for (Storage s : all) {
            bytes += s.bytes.fixed().orElse(0);
        }
        return bytes < 0x1p62;
    }
}
