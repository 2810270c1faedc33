package dev.lathe.graph.op.nn;

import dev.lathe.graph.Dim;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Samples at the places of a grid [N, H, W, 2] (or one more axis): bilinear 8 per output element, bicubic 32, as
/// Resize has them.
public final class GridSample implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("GridSample", 16, 20, 22)
            .in("X", "T1")
            .ranks(3, Integer.MAX_VALUE)
            .in("grid", "T2")
            .out("Y", "T1")
            .attr("align_corners", 0L)
            .attr("mode", "linear")
            .oneOf("linear", "nearest", "cubic", "bilinear", "bicubic")
            .attr("padding_mode", "zeros")
            .oneOf("zeros", "border", "reflection")
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        String mode = c.attrs().stringOr("mode", "");
        if (c.opset() < 20 ? mode.equals("linear") || mode.equals("cubic") : mode.startsWith("bi")) {
            c.fault("the operator does not know the mode '" + mode + "' in the model's version");
        }
        c.dims(0)
                .ifPresent(x -> c.dims(1).ifPresent(grid -> {
                    if (grid.size() != x.size()) {
                        c.misfit("an input of rank " + x.size() + " and a grid of rank " + grid.size()
                                + " must have the same rank");
                        return;
                    }
                    Dim batch = c.unify(x.getFirst(), grid.getFirst());
                    Dim unused = c.unify(grid.getLast(), Dim.of(x.size() - 2));
                    List<Dim> out = new ArrayList<>(x.subList(0, Math.min(2, x.size())));
                    out.addAll(grid.subList(1, grid.size() - 1));
                    c.output(0, out);
                }));
    }

    @Override
    public OpCost cost(CostContext c) {
        return switch (c.attrs().stringOr("mode", "linear")) {
            case "nearest" -> OpCost.FREE;
            case "cubic", "bicubic" -> CostRules.elementwise(c, 32);
            default -> CostRules.elementwise(c, 8);
        };
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }
}
