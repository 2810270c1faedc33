package dev.lathe.graph.verify;

import dev.lathe.graph.Function;
import dev.lathe.graph.Node;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.op.Param;
import dev.lathe.graph.op.Schema;
import java.util.List;
import java.util.Optional;

/// Every node has as many inputs and outputs as its operator or function takes and gives.
final class SignatureRule implements Rule {
    @Override
    public void check(Subject s) {
        s.forEachNode((node, graph, opsets) -> {
            Optional<Function> function = s.function(node);
            if (function.isPresent()) {
                most(
                        s,
                        node,
                        "inputs",
                        node.inputs(),
                        function.get().body().inputs().size());
                most(
                        s,
                        node,
                        "outputs",
                        node.outputs(),
                        function.get().body().outputs().size());
                int outputs = function.get().body().outputs().size();
                // One that nobody wants is named "", but ONNX Runtime does not load a call that ends before the others.
                if (node.outputs().size() < outputs) {
                    s.error(
                            "too-few-outputs",
                            "has " + node.outputs().size() + " outputs, the function has " + outputs,
                            node);
                }
            } else {
                s.operator(node).ifPresent(op -> operator(s, node, op.schema()));
                s.signature(node, opsets).ifPresent(sig -> {
                    counted(s, node, "inputs", node.inputs(), sig.inputCount(), sig.since());
                    counted(s, node, "outputs", node.outputs(), sig.outputCount(), sig.since());
                    given(s, node, sig);
                });
            }
        });
    }

    /// What the version that the model imports takes: other versions may take more, or less.
    private static void counted(
            Subject s, Node node, String what, List<ValueId> given, OperatorTypes.Count count, int since) {
        if (given.size() > count.most() || given.size() < count.least()) {
            boolean many = given.size() > count.most();
            s.error(
                    many ? "too-many-" + what : "too-few-" + what,
                    "has " + given.size() + " " + what + ", "
                            + (many ? "at most " + count.most() : "at least " + count.least())
                            + " in the version that came with opset " + since,
                    node);
        }
    }

    /// Inputs that are optional only in other versions of the operator. No optional
    /// input comes before one that must
    /// be given, so all must be up to the least number, unless that counts those of a list behind them.
    private static void given(Subject s, Node node, OperatorTypes.Signature sig) {
        boolean list = sig.inputs().stream().anyMatch(f -> f.many() != OperatorTypes.Many.ONE);
        int least = list ? 0 : Math.min(sig.inputCount().least(), node.inputs().size());
        for (int i = 0; i < least; i++) {
            int at = i;
            boolean told = s.operator(node)
                    .flatMap(op -> op.schema().input(at))
                    .filter(p -> p.arity() == Param.Arity.REQUIRED)
                    .isPresent();
            if (!told && !node.inputs().get(i).isPresent()) {
                missing(s, node, "input", sig.inputs().get(i).name());
            }
        }
    }

    private static void missing(Subject s, Node node, String what, String name) {
        s.error(what + "-missing", "lacks its " + what + " '" + name + "'", node);
    }

    private static void operator(Subject s, Node node, Schema schema) {
        most(s, node, "inputs", node.inputs(), schema.mostInputs());
        most(s, node, "outputs", node.outputs(), schema.mostOutputs());
        least(s, node, "input", node.inputs(), schema.inputs());
        least(s, node, "output", node.outputs(), schema.outputs());
    }

    private static void most(Subject s, Node node, String what, List<ValueId> given, int most) {
        if (given.size() > most) {
            s.error(
                    "too-many-" + what,
                    "has " + given.size() + " " + what + ", at most " + most + " are allowed",
                    node);
        }
    }

    private static void least(Subject s, Node node, String what, List<ValueId> given, List<Param> formal) {
        for (int i = 0; i < formal.size(); i++) {
            boolean there = i < given.size() && given.get(i).isPresent();
            if (formal.get(i).arity() == Param.Arity.REQUIRED && !there) {
                missing(s, node, what, formal.get(i).name());
            }
        }
    }
}
