package dev.lathe.profile.cost;

import dev.lathe.core.Quantity;
import dev.lathe.core.Unit;
import dev.lathe.graph.DType;
import dev.lathe.graph.Node;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.NodeCost;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/// The least time that a model and each of its layers can take under a roof.
///
/// A bound, unless what is counted as coming from memory is still in a cache.
public final class LeastTimes {
    private static final Quantity NO_OPERATIONS = Quantity.of(0, Unit.FLOP);
    private static final Quantity NO_BYTES = Quantity.of(0, Unit.BYTES);

    /// Work in bodies that is a smaller part than this of all changes no bound.
    private static final double HARDLY = 0.02;

    private final Analysis analysis;
    private final Roofline roof;

    public LeastTimes(Analysis analysis, Roofline roof) {
        this.analysis = analysis;
        this.roof = roof;
    }

    /// One execution of a layer with a kernel of its own: it reads its inputs from memory and writes its outputs
    /// there. Empty where its cost is not known, or nothing: a view moves no bytes. Of a node that runs a body as
    /// well: the cost has the body's in it, the time has not.
    public Optional<Duration> alone(Node node) {
        NodeCost cost = cost(node);
        OptionalLong read = cost.bytesRead().fixed();
        OptionalLong written = cost.bytesWritten().fixed();
        if (read.isEmpty() || written.isEmpty()) {
            return Optional.empty();
        }
        return least(node, (double) read.getAsLong() + written.getAsLong());
    }

    /// The same for a layer that shares a kernel with others. What goes from one to the next need not be in memory
    /// at all: only its weights surely are.
    public Optional<Duration> fused(Node node) {
        return least(node, weights(node));
    }

    /// One run of the main graph, were everything but the weights in caches:
    /// max(Σ operations / peak, Σ bytes of weights / bandwidth). Nodes of unknown cost count as nothing, so it is
    /// a bound all the same. Empty where work is in bodies of If, Loop and Scan: how often these run, and which of
    /// them, is a matter of the data, and a bound without them would say nothing.
    public Optional<Duration> whole() {
        return worksInBodies() ? Optional.empty() : Optional.of(mainGraph());
    }

    private boolean worksInBodies() {
        double all = 0;
        double inBodies = 0;
        for (Node node : analysis.model().graph().nodes()) {
            OptionalLong operations = cost(node).flops().fixed();
            if (operations.isEmpty() && !node.subgraphs().isEmpty()) {
                return true;
            }
            all += operations.orElse(0);
            inBodies += node.subgraphs().isEmpty() ? 0 : operations.orElse(0);
        }
        return inBodies > all * HARDLY;
    }

    private Duration mainGraph() {
        Duration computing = Duration.ZERO;
        double weights = 0;
        for (Node node : analysis.model().graph().nodes()) {
            OptionalLong operations = cost(node).flops().fixed();
            if (node.subgraphs().isEmpty() && operations.isPresent()) {
                Quantity work = Quantity.of(operations.getAsLong(), Unit.FLOP);
                computing = computing.plus(roof.leastTime(dtype(node), work, NO_BYTES));
                weights += weights(node);
            }
        }
        Duration moving = roof.leastTime(DType.FLOAT32, NO_OPERATIONS, Quantity.of(weights, Unit.BYTES));
        return computing.compareTo(moving) > 0 ? computing : moving;
    }

    private Optional<Duration> least(Node node, double bytes) {
        OptionalLong operations = cost(node).flops().fixed();
        if (operations.isEmpty() || !node.subgraphs().isEmpty()) {
            return Optional.empty();
        }
        Quantity work = Quantity.of(operations.getAsLong(), Unit.FLOP);
        return Optional.of(roof.leastTime(dtype(node), work, Quantity.of(bytes, Unit.BYTES)))
                .filter(d -> !d.isZero());
    }

    /// Of a table only the rows that are looked up are read.
    private double weights(Node node) {
        NodeCost cost = cost(node);
        OptionalLong read = cost.bytesRead().fixed();
        OptionalLong weights = cost.parameterBytes().fixed();
        return read.isEmpty() || weights.isEmpty() ? 0 : Math.min(read.getAsLong(), weights.getAsLong());
    }

    private NodeCost cost(Node node) {
        return analysis.costs().once(node.id());
    }

    private DType dtype(Node node) {
        return dtype(node, analysis);
    }

    /// What it computes with is the type of its first input: weights and indexes come behind.
    public static DType dtype(Node node, Analysis analysis) {
        return node.inputs().stream()
                .filter(ValueId::isPresent)
                .findFirst()
                .flatMap(v -> analysis.type(v).dtype())
                .orElse(DType.BOOL);
    }
}
