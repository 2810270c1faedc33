package dev.lathe.graph.op.tensor;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.Axes;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.Folds;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Inputs joined along an axis.
public final class Concat implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("Concat", 1, 4, 11, 13)
            .manyIn("inputs", "T")
            .out("concat_result", "T")
            .required("axis", AttrSpec.Kind.INT)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        int known = -1;
        for (int i = 0; i < c.inputs(); i++) {
            known = c.dims(i).isPresent() ? i : known;
        }
        if (known < 0) {
            return;
        }
        int rank = c.dims(known).orElseThrow().size();
        // Before opset 4 the axis had a default of 1.
        Optional<Integer> axis = Axes.of(c, c.attrs().intOr("axis", 1), rank);
        if (axis.isEmpty()) {
            return;
        }
        List<Dim> out = new ArrayList<>(c.dims(known).orElseThrow());
        List<Dim> along = new ArrayList<>(c.inputs());
        for (int i = 0; i < c.inputs(); i++) {
            Optional<List<Dim>> dims = c.dims(i);
            if (dims.isPresent() && dims.get().size() != rank) {
                c.misfit("inputs of ranks " + rank + " and " + dims.get().size() + " cannot be joined");
                return;
            }
            along.add(dims.map(d -> d.get(axis.get())).orElse(Dim.unknown()));
            for (int k = 0; k < rank && dims.isPresent(); k++) {
                if (k != axis.get()) {
                    out.set(k, c.unify(out.get(k), dims.get().get(k)));
                }
            }
        }
        out.set(axis.get(), DimMath.sum(along));
        c.output(0, out);
        Folds.concat(c, axis.get());
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.movement(c);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.DATA_MOVEMENT, Trait.CONSTANT_FOLDABLE);
    }
}
