package dev.lathe.optimize.simplify;

import dev.lathe.core.LatheException;
import dev.lathe.graph.Editor;
import dev.lathe.graph.Graph;
import dev.lathe.graph.IdSpace;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.edit.EveryGraph;
import dev.lathe.optimize.PassContext;
import dev.lathe.optimize.rewrite.Constants;
import java.util.Optional;

/// `Constant() → initializer`, where the value is no output of its graph.
final class LiftConstants implements Simplification {
    @Override
    public Model apply(Model model, PassContext context) throws LatheException {
        return EveryGraph.rewrite(model, LiftConstants::lift);
    }

    private static Graph lift(Graph graph, IdSpace ids) {
        Editor edit = graph.edit(ids);
        for (Node n : graph.nodes()) {
            Optional<Tensor> value = Constants.value(n);
            if (value.isPresent() && !graph.isOutput(n.output(0))) {
                edit.setInitializer(n.output(0), value.get());
                edit.remove(n.id());
            }
        }
        return edit.commit();
    }
}
