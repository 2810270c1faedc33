package dev.lathe.graph.op.nn;

import dev.lathe.graph.Dim;
import dev.lathe.graph.op.InferContext;
import java.util.List;

/// What losses over classes ask of their inputs: scores [N, C, d1, …], targets [N, d1, …], a weight for each class.
final class Losses {
    private Losses() {}

    static void check(InferContext c) {
        if (c.dims(0).isEmpty() || c.dims(1).isEmpty()) {
            return;
        }
        List<Dim> scores = c.dims(0).get();
        List<Dim> targets = c.dims(1).get();
        if (targets.size() != scores.size() - 1) {
            c.misfit("its targets have rank " + targets.size() + "; for scores of rank " + scores.size()
                    + " they must have one axis less");
            return;
        }
        for (int i = 0; i < targets.size(); i++) {
            Dim unused = c.unify(scores.get(i == 0 ? 0 : i + 1), targets.get(i));
        }
    }
}
