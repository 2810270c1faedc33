package dev.lathe.graph.op.ml;

import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Set;

/// The values of a map in the order of its keys, as a row; with a sparse map, `max_map` of them.
public final class CastMap implements OpSpec {
    private static final Schema SCHEMA = Schema.of("ai.onnx.ml", "CastMap", 1)
            .in("X", "")
            .out("Y", "")
            .attr("cast_to", "TO_FLOAT")
            .attr("map_form", "DENSE")
            .attr("max_map", 1L)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        DType to = switch (c.attrs().stringOr("cast_to", "TO_FLOAT")) {
            case "TO_STRING" -> DType.STRING;
            case "TO_INT64" -> DType.INT64;
            default -> DType.FLOAT32;
        };
        boolean sparse = c.attrs().stringOr("map_form", "DENSE").equals("SPARSE");
        Dim count = sparse ? Dim.of(c.attrs().intOr("max_map", 1)) : Dim.unknown();
        c.output(0, ValueType.tensor(to, Shape.of(List.of(Dim.of(1), count))));
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.movement(c);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.DATA_MOVEMENT);
    }
}
