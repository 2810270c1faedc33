package dev.lathe.optimize.compress.fp16;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.Place;
import dev.lathe.graph.DType;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.op.OpCatalog;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Param;
import dev.lathe.optimize.NodePatterns;
import dev.lathe.optimize.PassContext;
import dev.lathe.optimize.rewrite.Constants;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which nodes can compute in half precision, and which of their inputs and outputs are halves then: those
/// whose formal parameter has a type variable. A parameter of a fixed type (the scales of a Resize) stays.
final class HalfChoice {
    private static final Set<DType> WIDE_INTEGERS = Set.of(DType.INT32, DType.INT64, DType.UINT32, DType.UINT64);

    private final Constants constants;
    private final Analysis analysis;
    private final NodePatterns keptOperators;
    private final NodePatterns keptNodes;
    private final PassContext context;
    private final Map<ValueId, HalfTensor> looked = new HashMap<>();
    private final Set<ValueId> remarked = new HashSet<>();
    private final Optional<CodesAhead> ahead;
    private final Set<NodeId> leftForCodes = new HashSet<>();

    HalfChoice(Model model, Constants constants, PassContext context) {
        this.constants = constants;
        this.context = context;
        this.analysis = Analysis.of(model, DimBindings.NONE, context.job());
        this.keptOperators = NodePatterns.parse(context.option("keep-operators"));
        this.keptNodes = NodePatterns.parse(context.option("exclude"));
        this.ahead = context.flag("keep-quantized") ? Optional.of(CodesAhead.of(model)) : Optional.empty();
    }

    Optional<DType> dtype(ValueId id) {
        return constants.find(id).map(Tensor::dtype).or(() -> analysis.type(id).dtype());
    }

    boolean isFloat(ValueId id) {
        return id.isPresent() && dtype(id).filter(d -> d == DType.FLOAT32).isPresent();
    }

    /// The operator of a node that is to compute in half precision; empty where it stays as it is.
    Optional<OpSpec> operator(Graph graph, Node n) {
        Optional<OpSpec> op = OpCatalog.standard().find(n);
        if (op.isEmpty()
                || !Constants.isDefaultDomain(n.domain())
                || !n.subgraphs().isEmpty()
                || n.op().equals("Cast")
                || n.op().equals("Constant")
                || keptOperators.matches(n.op())
                || keptNodes.match(n)) {
            return Optional.empty();
        }
        boolean halves = false;
        for (int i = 0; i < n.inputs().size(); i++) {
            ValueId in = n.input(i);
            if (in.isPresent() && dtype(in).isEmpty()) {
                return Optional.empty();
            }
            if (isFloat(in) && becomesHalf(op.get(), i)) {
                if (ahead.filter(a -> a.after(n)).isPresent()) {
                    leftForCodes.add(n.id());
                    return Optional.empty();
                }
                if (!fits(graph, n, in) || unpacked(graph, in)) {
                    return Optional.empty();
                }
                halves = true;
            }
        }
        boolean known = n.outputs().stream().allMatch(o -> !o.isPresent() || dtype(o).isPresent());
        return halves && known ? op : Optional.empty();
    }

    boolean becomesHalf(OpSpec op, int input) {
        return param(op.schema().inputs(), input).filter(Param::isVariable).isPresent();
    }

    /// Whether the output has the type variable of an input that becomes a half.
    boolean outputBecomesHalf(OpSpec op, Node n, int output) {
        Optional<String> variable =
                param(op.schema().outputs(), output).filter(Param::isVariable).map(Param::type);
        if (variable.isEmpty() || !isFloat(n.output(output))) {
            return false;
        }
        for (int i = 0; i < n.inputs().size(); i++) {
            if (isFloat(n.input(i))
                    && param(op.schema().inputs(), i)
                            .filter(p -> p.type().equals(variable.get()))
                            .isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Param> param(List<Param> params, int index) {
        if (params.isEmpty()) {
            return Optional.empty();
        }
        if (index < params.size()) {
            return Optional.of(params.get(index));
        }
        return Optional.of(params.getLast()).filter(p -> p.arity() == Param.Arity.VARIADIC);
    }

    private boolean fits(Graph graph, Node n, ValueId in) {
        Optional<Tensor> constant =
                constants.find(in).or(() -> graph.producer(in).flatMap(HalfFill::number));
        if (constant.isEmpty()) {
            return true;
        }
        if (!constant.get().data().isPresent()) {
            return false;
        }
        HalfTensor look = looked.computeIfAbsent(in, v -> HalfTensor.look(constant.get()));
        if (!look.fits() && remarked.add(in)) {
            context.remarks()
                    .accept(Diagnostic.info(
                            "kept-in-float32",
                            look.tooLarge() > 0
                                    ? "stays in float32: " + look.tooLarge()
                                            + " of its constants' values are beyond 65504"
                                    : "stays in float32: its constant would become zero in half precision",
                            new Place.AtNode(n.shownName(), n.op())));
        }
        return look.fits();
    }

    /// A number that was a wide integer a moment ago (a sum of 8-bit products) may be beyond 65504 until it is
    /// scaled; the product of two scales may be below what a half can hold; and what a DequantizeLinear gives
    /// belongs to a kernel that works on the integers.
    private boolean unpacked(Graph graph, ValueId in) {
        return graph.producer(in)
                .filter(p -> p.op().equals("DequantizeLinear")
                        || p.op().equals("DynamicQuantizeLinear")
                        || (p.op().equals("Cast")
                                && dtype(p.input(0))
                                        .filter(WIDE_INTEGERS::contains)
                                        .isPresent()))
                .isPresent();
    }

    /// How many nodes stay in float32 because what they compute is quantized later.
    int leftForCodes() {
        return leftForCodes.size();
    }

    long vanished(Set<ValueId> converted) {
        return converted.stream()
                .flatMap(v -> Optional.ofNullable(looked.get(v)).stream())
                .mapToLong(HalfTensor::vanishing)
                .sum();
    }
}
