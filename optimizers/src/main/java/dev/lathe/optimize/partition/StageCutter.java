package dev.lathe.optimize.partition;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueNames;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.target.Placement;
import dev.lathe.graph.target.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Cuts a placed model into one model per stage, which together compute what the whole computes.
///
/// Nodes keep their ids, names and origins; dimensions that the model leaves free stay free; functions, metadata
/// and operator set versions are kept. A constant is in every stage that uses it and in no other.
public final class StageCutter {
    private StageCutter() {}

    /// The stages in order of execution.
    ///
    /// @throws LatheException when the placement leaves out a node, lets data flow backwards, or a tensor that
    ///     would cross has no known element type
    public static List<StageModel> cut(Model model, Analysis analysis, Placement placement) throws LatheException {
        Graph graph = model.graph();
        Map<NodeId, Integer> stageOf = stages(graph, placement);
        Set<Node> constant = ConstantNodes.of(model);
        checkForward(graph, stageOf, constant);
        // Sizes that were set for the analysis must not be baked into the stages.
        Analysis open =
                analysis.dims().sizes().isEmpty() ? analysis : Analysis.of(model, DimBindings.NONE, JobContext.quiet());
        ValueNames names = ValueNames.of(graph);
        List<StageModel> cut = new ArrayList<>();
        for (Stage stage : placement.stages()) {
            if (constant.stream().map(Node::id).collect(Collectors.toSet()).containsAll(stage.nodes())) {
                throw new LatheException(Diagnostic.error(
                                "stage-empty",
                                "stage " + (stage.index() + 1) + " would have nothing to compute.",
                                Place.nowhere())
                        .withRemedy("Move its borders."));
            }
            cut.add(new StageBuilder(
                            model,
                            open,
                            stage,
                            stageOf,
                            constant,
                            names,
                            placement.stages().size())
                    .build());
        }
        return List.copyOf(cut);
    }

    private static Map<NodeId, Integer> stages(Graph graph, Placement placement) throws LatheException {
        Map<NodeId, Integer> stageOf = new HashMap<>();
        for (int s = 0; s < placement.stages().size(); s++) {
            for (NodeId id : placement.stages().get(s).nodes()) {
                stageOf.put(id, s);
            }
        }
        for (Node n : graph.nodes()) {
            if (!stageOf.containsKey(n.id())) {
                throw problem("placement-incomplete", "no stage has this node.", n);
            }
        }
        return stageOf;
    }

    private static void checkForward(Graph graph, Map<NodeId, Integer> stageOf, Set<Node> constant)
            throws LatheException {
        for (Node n : graph.nodes()) {
            if (constant.contains(n)) {
                continue;
            }
            for (ValueId out : n.outputs()) {
                for (Node user : graph.consumers(out)) {
                    if (stageOf.getOrDefault(user.id(), 0) < stageOf.getOrDefault(n.id(), 0)) {
                        throw problem(
                                "placement-backward",
                                "its result is used by '" + user.shownName() + "' in an earlier stage.",
                                n);
                    }
                }
            }
        }
    }

    private static LatheException problem(String code, String message, Node n) {
        return new LatheException(Diagnostic.error(code, message, new Place.AtNode(n.shownName(), n.qualifiedOp())));
    }
}
