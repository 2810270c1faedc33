package dev.lathe.optimize.simplify;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Editor;
import dev.lathe.graph.Graph;
import dev.lathe.graph.IdSpace;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.edit.EveryGraph;
import dev.lathe.optimize.PassContext;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/// `f(constants) → constant`: the part of the model that depends on no input is cut out as a model of its own,
/// run once by the runtime (so the numbers are the runtime's), and replaced by what came out. A result that
/// takes more room than the weights it stands for, beyond an allowance, is left to be computed.
final class FoldConstants implements Simplification {
    private static final int MOST_ATTEMPTS = 6;

    @Override
    public Model apply(Model model, PassContext context) throws LatheException {
        long allowance = Long.parseLong(context.option(Simplify.MAX_GROWTH));
        Set<NodeId> refused = tooLargeByType(model, allowance, context);
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            context.job().checkCancelled();
            ConstantPart part = ConstantPart.of(model, refused);
            if (part.nodes().isEmpty()) {
                return model;
            }
            Map<ValueId, Tensor> results;
            try {
                results = part.run(context);
            } catch (LatheException e) {
                context.remarks()
                        .accept(Diagnostic.warning(
                                "constants-not-folded",
                                "the constant part of the model could not be run ahead: "
                                        + e.diagnostic().message(),
                                new Place.InPass(Simplify.NAME)));
                return model;
            }
            Set<NodeId> more = tooLarge(part, results, allowance);
            if (more.isEmpty()) {
                return replace(model, part, results);
            }
            refused.addAll(more);
        }
        return model;
    }

    /// Nodes whose declared result alone shows that they must not even be tried.
    private static Set<NodeId> tooLargeByType(Model model, long allowance, PassContext context) {
        Set<NodeId> refused = new HashSet<>();
        ConstantPart all = ConstantPart.of(model, refused);
        if (all.nodes().isEmpty()) {
            return refused;
        }
        Analysis analysis = Analysis.of(model, DimBindings.NONE, context.job());
        for (Node n : all.nodes()) {
            for (ValueId out : n.outputs()) {
                OptionalLong elements = analysis.type(out).shape().elements();
                int bits = analysis.type(out).dtype().map(d -> d.bits()).orElse(32);
                if (elements.isPresent()
                        && elements.getAsLong() > (allowance + all.freedBy(out)) * 8 / Math.max(1, bits)) {
                    refused.add(n.id());
                }
            }
        }
        return refused;
    }

    private static Set<NodeId> tooLarge(ConstantPart part, Map<ValueId, Tensor> results, long allowance) {
        Set<NodeId> found = new HashSet<>();
        ConstantPart.Freed freed = part.freed();
        for (Node n : part.nodes()) {
            for (ValueId out : n.outputs()) {
                Tensor t = results.get(out);
                if (part.results().contains(out)
                        && (t == null
                                || t.data().byteSize()
                                        > allowance + freed.take(out, t.data().byteSize()))) {
                    found.add(n.id());
                }
            }
        }
        return found;
    }

    private static Model replace(Model model, ConstantPart part, Map<ValueId, Tensor> results) throws LatheException {
        Map<NodeId, Node> folded = new HashMap<>();
        part.nodes().forEach(n -> folded.put(n.id(), n));
        return EveryGraph.rewrite(model, (graph, ids) -> replace(graph, ids, folded, results));
    }

    private static Graph replace(Graph graph, IdSpace ids, Map<NodeId, Node> folded, Map<ValueId, Tensor> results) {
        Editor edit = graph.edit(ids);
        for (Node n : graph.nodes()) {
            if (folded.containsKey(n.id())) {
                for (ValueId out : n.outputs()) {
                    Tensor t = results.get(out);
                    if (t != null) {
                        edit.setInitializer(out, t);
                    }
                }
                edit.remove(n.id());
            }
        }
        return edit.commit();
    }
}
