package dev.lathe.profile.memory;

import dev.lathe.core.JobContext;
import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;

/// The buffers that ONNX Runtime gives the tensors of the graph that it runs, as its planner decides before any size
/// is known: a result lies in an input that nobody reads afterwards where the kernel can do that, else in a dead buffer
/// of a tensor of the same shape, else in one of its own, and a buffer that will be used again is kept until then.
///
/// "The same shape" is by what the runtime's own shape inference wrote into the graph: equal sizes or equal names. A
/// tensor of which it does not know a dimension never shares, although a closer look would know it to fit.
final class BufferPlan {
    /// Alive while the node at `from` runs until that at `to` has run; the end of the graph for its results.
    static final class Buffer {
        final ValueId first;
        final int from;
        final long bytes;
        private final boolean outside;
        private int uses;
        private int to;

        private Buffer(ValueId first, int from, long bytes, boolean outside) {
            this.first = first;
            this.from = from;
            this.bytes = bytes;
            this.outside = outside;
            this.to = from;
        }

        int to() {
            return to;
        }
    }

    /// What the plan is made of.
    ///
    /// @param known what the runtime knows of each tensor when it opens the model
    /// @param sizes bytes of each tensor in this run
    /// @param ran the bodies of a node that ran
    /// @param order the nodes of a body as they ran
    record Facts(
            Function<ValueId, ValueType> known,
            ToLongFunction<ValueId> sizes,
            Function<Node, List<Graph>> ran,
            Function<Graph, List<Node>> order) {}

    private final Graph graph;
    private final List<Node> order;
    private final Facts facts;
    private final JobContext job;
    private final Map<ValueId, Integer> uses = new HashMap<>();
    private final Map<ValueId, Buffer> buffers = new LinkedHashMap<>();
    private final List<Buffer> made = new ArrayList<>();
    /// The one that died last comes first.
    private final List<Buffer> dead = new ArrayList<>();
    private final long[] inside;

    /// @param order in which the nodes run
    BufferPlan(Graph graph, List<Node> order, Facts facts, JobContext job) {
        this.graph = graph;
        this.order = order;
        this.facts = facts;
        this.job = job;
        this.inside = new long[order.size()];
        countUses();
        graph.inputs().forEach(this::outside);
        graph.initializers().keySet().forEach(this::outside);
        for (int i = 0; i < order.size(); i++) {
            job.checkCancelled();
            run(order.get(i), i);
        }
        int end = order.size();
        graph.outputs().forEach(o -> Optional.ofNullable(buffers.get(o)).ifPresent(b -> b.to = end));
    }

    private void countUses() {
        for (Node n : order) {
            used(n).forEach(v -> uses.merge(v, 1, Integer::sum));
            n.outputs().stream().filter(ValueId::isPresent).forEach(v -> uses.merge(v, 1, Integer::sum));
        }
        graph.outputs().forEach(v -> uses.merge(v, 1, Integer::sum));
    }

    private static List<ValueId> used(Node n) {
        List<ValueId> used =
                new ArrayList<>(n.inputs().stream().filter(ValueId::isPresent).toList());
        n.subgraphs().forEach(g -> used.addAll(g.captures()));
        return used;
    }

    private void outside(ValueId v) {
        buffers.put(v, new Buffer(v, -1, 0, true));
    }

    private void run(Node node, int at) {
        if (RanNodes.isConstant(node)) {
            // A weight by another name, which no arena holds.
            node.outputs().forEach(this::outside);
            return;
        }
        inside[at] = inside(node);
        for (int o = 0; o < node.outputs().size(); o++) {
            ValueId out = node.outputs().get(o);
            if (!out.isPresent()) {
                continue;
            }
            Optional<Buffer> shared = graph.isOutput(out) ? Optional.empty() : shared(node, o, out);
            Buffer b = shared.orElseGet(() -> own(out, at));
            b.uses += uses.getOrDefault(out, 0);
            b.to = Math.max(b.to, at);
            buffers.put(out, b);
        }
        used(node).forEach(v -> release(v, at));
        node.outputs().stream().filter(ValueId::isPresent).forEach(v -> release(v, at));
    }

    /// What the bodies of a node hold beside its results, which an If takes over from the body that ran.
    private long inside(Node node) {
        long most = 0;
        for (Graph body : facts.ran().apply(node)) {
            BufferPlan plan = new BufferPlan(body, facts.order().apply(body), facts, job);
            long results = body.outputs().stream()
                    .distinct()
                    .flatMap(v -> plan.of(v).stream())
                    .mapToLong(b -> b.bytes)
                    .sum();
            most = Math.max(most, Math.max(0, plan.peak() - results));
        }
        return most;
    }

    private Buffer own(ValueId out, int at) {
        Buffer b = new Buffer(out, at, facts.sizes().applyAsLong(out), false);
        made.add(b);
        return b;
    }

    private Optional<Buffer> shared(Node node, int output, ValueId out) {
        if (output == 0) {
            if (InPlace.isAlias(node)) {
                return Optional.ofNullable(buffers.get(node.input(0)));
            }
            for (int i : InPlace.candidates(node)) {
                ValueId in = node.input(i);
                Buffer b = buffers.get(in);
                if (b != null && !b.outside && b.uses == 1 && alike(in, out)) {
                    return Optional.of(b);
                }
            }
        }
        if (isScalarOrUnknown(out)) {
            return Optional.empty();
        }
        for (Buffer b : dead) {
            if (alike(b.first, out)) {
                dead.remove(b);
                return Optional.of(b);
            }
        }
        return Optional.empty();
    }

    private void release(ValueId v, int at) {
        Buffer b = buffers.get(v);
        if (b == null || b.outside) {
            return;
        }
        b.to = Math.max(b.to, at);
        if (--b.uses == 0) {
            dead.addFirst(b);
        }
    }

    private boolean isScalarOrUnknown(ValueId v) {
        return !(facts.known().apply(v).shape() instanceof Shape.Ranked r)
                || r.dims().isEmpty();
    }

    /// Whether the runtime knows that the two take the same room.
    private boolean alike(ValueId a, ValueId b) {
        ValueType one = facts.known().apply(a);
        ValueType other = facts.known().apply(b);
        return one.dtype().isPresent()
                && other.dtype().isPresent()
                && one.dtype().get() != DType.STRING
                && other.dtype().get() != DType.STRING
                && one.dtype().get().bits() == other.dtype().get().bits()
                && one.shape() instanceof Shape.Ranked left
                && other.shape() instanceof Shape.Ranked right
                && alike(left.dims(), right.dims());
    }

    private static boolean alike(List<Dim> a, List<Dim> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (a.get(i) instanceof Dim.Unknown || !a.get(i).equals(b.get(i))) {
                return false;
            }
        }
        return true;
    }

    /// The buffer of a tensor, where the arena holds it.
    Optional<Buffer> of(ValueId v) {
        return Optional.ofNullable(buffers.get(v)).filter(b -> !b.outside);
    }

    /// Bytes while each node runs.
    long[] live() {
        long[] change = new long[order.size() + 2];
        for (Buffer b : made) {
            change[b.from] += b.bytes;
            change[b.to + 1] -= b.bytes;
        }
        long[] live = new long[order.size()];
        long sum = 0;
        for (int i = 0; i < live.length; i++) {
            sum += change[i];
            live[i] = sum + inside[i];
        }
        return live;
    }

    long peak() {
        return LongStream.of(live()).max().orElse(0);
    }
}
