package dev.lathe.graph.analyze;

import dev.lathe.core.JobCancelledException;
import dev.lathe.core.JobContext;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.Function;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.Items;
import dev.lathe.graph.op.OpCatalog;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Adds up costs node by node: what is inside a node (branches, loop bodies, the function it calls) belongs
/// to it.
final class CostWalk {
    private final OpCatalog catalog = OpCatalog.standard();
    private final ShapeInference.Result types;
    private final JobContext context;
    private final Map<NodeId, NodeCost> inside = new LinkedHashMap<>();
    private final Parameters parameters;
    private final ProductBudget products;
    /// A weight that several nodes share counts at the first, so that sums over layers are the model's.
    private final Parameters.Counted counted = new Parameters.Counted();

    private final Parameters.Counted countedInside = new Parameters.Counted();
    private final Map<Scope, OpCost> calls = new IdentityHashMap<>();

    CostWalk(Model model, ShapeInference.Result types, JobContext context) {
        this.types = types;
        this.context = context;
        this.parameters = Parameters.of(model, types);
        this.products = new ProductBudget(model);
    }

    Costs run(Model model) {
        Map<NodeId, NodeCost> perNode = new LinkedHashMap<>();
        List<NodeId> unknown = new ArrayList<>();
        List<OpCost> all = new ArrayList<>();
        for (Node node : model.graph().nodes()) {
            context.checkCancelled();
            OpCost cost = cost(node, types.scope());
            all.add(cost);
            if (cost.flops() instanceof Dim.Unknown) {
                unknown.add(node.id());
            }
            perNode.put(node.id(), nodeCost(cost, parameters.first(node, types.scope(), counted)));
        }
        return new Costs(perNode, inside, nodeCost(sum(all), parameters.all()), unknown);
    }

    private static NodeCost nodeCost(OpCost cost, Parameters.Share weights) {
        Dim elements = Dim.of(0);
        Dim bytes = Dim.of(0);
        for (Tensor t : weights.tensors()) {
            elements = DimMath.add(elements, t.elements());
            bytes = DimMath.add(bytes, t.data().byteSize());
        }
        return new NodeCost(
                cost.macs(),
                cost.flops(),
                cost.bytesRead().orElse(Dim.unknown()),
                cost.bytesWritten().orElse(Dim.unknown()),
                weights.isAll() ? elements : Dim.unknown(),
                weights.isAll() ? bytes : Dim.unknown());
    }

    private static OpCost sum(List<OpCost> costs) {
        return new OpCost(
                DimMath.sum(costs.stream().map(OpCost::macs).toList()),
                DimMath.sum(costs.stream().map(OpCost::flops).toList()),
                Optional.of(DimMath.sum(costs.stream()
                        .map(c -> c.bytesRead().orElse(Dim.unknown()))
                        .toList())),
                Optional.of(DimMath.sum(costs.stream()
                        .map(c -> c.bytesWritten().orElse(Dim.unknown()))
                        .toList())));
    }

    /// The cost of one execution, bytes always told (perhaps as unknown).
    private OpCost cost(Node node, Scope scope) {
        Optional<Function> function = types.function(node);
        if (function.isPresent()) {
            return scope.call(node.id())
                    .map(inside -> callCost(function.get().body(), inside))
                    .orElse(OpCost.UNKNOWN);
        }
        if (!areCounted(node.inputs(), scope) || !areCounted(node.outputs(), scope)) {
            return OpCost.UNKNOWN.reading(Dim.unknown()).writing(Dim.unknown());
        }
        Optional<OpSpec> spec = catalog.find(node);
        NodeCosting costing = new NodeCosting(this, node, scope);
        OpCost cost = spec.map(s -> arithmetic(s, node, costing)).orElse(OpCost.UNKNOWN);
        if (cost.bytesRead().isEmpty()) {
            cost = cost.reading(bytes(node.inputs(), scope));
        }
        if (cost.bytesWritten().isEmpty()) {
            cost = cost.writing(bytes(node.outputs(), scope));
        }
        return cost;
    }

    private boolean areCounted(List<ValueId> values, Scope scope) {
        for (ValueId id : values) {
            if (!products.takes(scope.known(id).type())) {
                return false;
            }
        }
        return true;
    }

    /// Of the values together, each once.
    private static Dim bytes(List<ValueId> values, Scope scope) {
        List<Dim> all = new ArrayList<>(values.size());
        // A node that takes one value twice is rare, one of thousands of inputs too; no need to hash the ids of the
        // others.
        Set<ValueId> seen = values.size() > 8 ? new HashSet<>() : Set.of();
        for (int i = 0; i < values.size(); i++) {
            ValueId id = values.get(i);
            boolean isNew = values.size() > 8 ? seen.add(id) : values.indexOf(id) == i;
            if (id.isPresent() && isNew) {
                all.add(CostContext.bytes(scope.known(id).type()));
            }
        }
        return DimMath.sum(all);
    }

    private static OpCost arithmetic(OpSpec spec, Node node, NodeCosting costing) {
        if (node.inputs().size() < spec.schema().leastInputs()) {
            return OpCost.UNKNOWN;
        }
        try {
            return spec.cost(costing).notBelowZero();
        } catch (JobCancelledException stop) {
            throw stop;
        } catch (RuntimeException malformed) {
            // Inference has told what does not fit; such a node has no cost that anybody knows.
            return OpCost.UNKNOWN;
        }
    }

    /// The node of a function in two calls: its parameters are the same ones, which the first has.
    private static NodeCost ofAnyCall(NodeCost first, NodeCost other) {
        return new NodeCost(
                agreed(first.macs(), other.macs()),
                agreed(first.flops(), other.flops()),
                agreed(first.bytesRead(), other.bytesRead()),
                agreed(first.bytesWritten(), other.bytesWritten()),
                first.parameters(),
                first.parameterBytes());
    }

    private static Dim agreed(Dim a, Dim b) {
        return DimMath.same(a, b) ? a : Dim.unknown();
    }

    /// Calls with the same arguments cost the same.
    private OpCost callCost(Graph body, Scope inside) {
        OpCost before = calls.get(inside);
        if (before != null) {
            return before;
        }
        OpCost cost = graphCost(body, inside);
        calls.put(inside, cost);
        return cost;
    }

    OpCost graphCost(Graph graph, Scope scope) {
        List<OpCost> costs = new ArrayList<>();
        for (Node n : graph.nodes()) {
            OpCost cost = cost(n, scope);
            inside.merge(n.id(), nodeCost(cost, parameters.first(n, scope, countedInside)), CostWalk::ofAnyCall);
            costs.add(cost);
        }
        return sum(costs);
    }

    /// What an operator sees of its node.
    private record NodeCosting(CostWalk walk, Node node, Scope scope) implements CostContext {
        @Override
        public long opset() {
            return scope.opset(node.domain());
        }

        @Override
        public Attrs attrs() {
            return scope.attrs(node);
        }

        @Override
        public ValueType input(int index) {
            return scope.known(node.input(index)).type();
        }

        @Override
        public ValueType output(int index) {
            return scope.known(node.output(index)).type();
        }

        @Override
        public Optional<List<Dim>> elements(int input) {
            return elements(node.input(input));
        }

        @Override
        public Optional<List<Dim>> elements(ValueId value) {
            return scope.known(value).elements();
        }

        @Override
        public Optional<Items> items(int input) {
            return scope.known(node.input(input)).items();
        }

        @Override
        public Optional<String> only() {
            return scope.only(node.id());
        }

        @Override
        public Dim trips() {
            return scope.trips(node.id());
        }

        @Override
        public OpCost body(Graph graph) {
            return walk.graphCost(graph, scope);
        }
    }
}
