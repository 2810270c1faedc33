package dev.lathe.graph.op.ml;

import dev.lathe.graph.Attr;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.DType;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Each element mapped by a table of keys and values; look-ups are no arithmetic.
public final class LabelEncoder implements OpSpec {
    private static final Schema SCHEMA = Schema.of("ai.onnx.ml", "LabelEncoder", 1, 2, 4)
            .in("X", "T1")
            .out("Y", "")
            .attr("classes_strings", AttrSpec.Kind.STRINGS)
            .attr("default_float", -0.0f)
            .attr("default_int64", -1L)
            .attr("default_string", "_Unused")
            .attr("default_tensor", AttrSpec.Kind.TENSOR)
            .attr("keys_floats", AttrSpec.Kind.FLOATS)
            .attr("keys_int64s", AttrSpec.Kind.INTS)
            .attr("keys_strings", AttrSpec.Kind.STRINGS)
            .attr("keys_tensor", AttrSpec.Kind.TENSOR)
            .attr("values_floats", AttrSpec.Kind.FLOATS)
            .attr("values_int64s", AttrSpec.Kind.INTS)
            .attr("values_strings", AttrSpec.Kind.STRINGS)
            .attr("values_tensor", AttrSpec.Kind.TENSOR)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        if (c.opset() >= 2) {
            String type = c.attrs().has("keys_strings")
                    ? "string"
                    : c.attrs().has("keys_int64s") ? "int64" : c.attrs().has("keys_floats") ? "float32" : "";
            if (!type.isEmpty()
                    && c.dtype(0).filter(d -> !d.text().equals(type)).isPresent()) {
                c.fault("its keys are " + type + ", its input is "
                        + c.dtype(0).get().text());
            }
            int keys = length(c, "keys_");
            int values = length(c, "values_");
            if (keys == 0 || values == 0) {
                c.fault("it has no " + (keys == 0 ? "keys" : "values"));
            } else if (keys > 0 && values > 0 && keys != values) {
                c.fault(keys + " keys have " + values + " values: one for each");
            }
        }
        c.output(0, values(c), c.shape(0));
    }

    /// How many elements the list has whose name begins so; -1 where that is not known, 0 for none.
    private static int length(InferContext c, String prefix) {
        int found = 0;
        for (Attrs.Entry e : c.attrs().entries()) {
            if (e.name().startsWith(prefix)) {
                found = switch (e.value()) {
                    case Attr.IntsAttr(List<Long> all) -> all.size();
                    case Attr.FloatsAttr(List<Float> all) -> all.size();
                    case Attr.StringsAttr(List<String> all) -> all.size();
                    default -> -1;
                };
            }
        }
        return found;
    }

    @Override
    public OpCost cost(CostContext c) {
        return CostRules.movement(c);
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.ELEMENTWISE, Trait.DATA_MOVEMENT);
    }

    private static Optional<DType> values(InferContext c) {
        Attrs a = c.attrs();
        if (a.has("values_strings")) {
            return Optional.of(DType.STRING);
        } else if (a.has("values_int64s")) {
            return Optional.of(DType.INT64);
        } else if (a.has("values_floats")) {
            return Optional.of(DType.FLOAT32);
        } else if (a.has("classes_strings")) {
            // Version 1 has one table, read in the direction that the input asks for.
            return c.dtype(0).map(in -> in == DType.STRING ? DType.INT64 : DType.STRING);
        }
        return a.tensor("values_tensor").map(t -> t.dtype());
    }
}
