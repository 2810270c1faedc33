package dev.lathe.graph.op.tensor;

import dev.lathe.graph.Attr;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Extra;
import dev.lathe.graph.Node;
import dev.lathe.graph.Shape;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.SmallTensor;
import dev.lathe.graph.op.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A tensor that the node itself holds.
public final class Constant implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("Constant", 1, 9, 11, 12, 13, 19, 21, 23, 24, 25)
            .out("output", "T")
            .attr("sparse_value", AttrSpec.Kind.SPARSE_TENSOR)
            .attr("value", AttrSpec.Kind.TENSOR)
            .attr("value_float", AttrSpec.Kind.FLOAT)
            .attr("value_floats", AttrSpec.Kind.FLOATS)
            .attr("value_int", AttrSpec.Kind.INT)
            .attr("value_ints", AttrSpec.Kind.INTS)
            .attr("value_string", AttrSpec.Kind.STRING)
            .attr("value_strings", AttrSpec.Kind.STRINGS)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        if (c.attrs().entries().isEmpty()) {
            c.fault("it holds no value" + inCall(c.node()));
        }
        long values =
                SCHEMA.attrs().stream().filter(a -> c.attrs().has(a.name())).count();
        if (values > 1) {
            // ONNX Runtime takes one of them.
            c.doubt("it holds " + values + " values");
            return;
        }
        for (Attrs.Entry e : c.attrs().entries()) {
            switch (e.value()) {
                case Attr.TensorAttr(Tensor t) -> c.constantOutput(0, t);
                case Attr.IntAttr(long v) -> whole(c, Shape.of(), List.of(v));
                case Attr.IntsAttr(List<Long> v) -> whole(c, Shape.of(v.size()), v);
                case Attr.FloatAttr(float v) -> {
                    c.output(0, Optional.of(DType.FLOAT32), Shape.of());
                    c.reals(0, List.of((double) v));
                }
                case Attr.FloatsAttr(List<Float> v) -> {
                    c.output(0, Optional.of(DType.FLOAT32), Shape.of(v.size()));
                    c.reals(0, v.stream().map(Float::doubleValue).toList());
                }
                case Attr.StringAttr(String v, boolean binary) -> c.output(0, Optional.of(DType.STRING), Shape.of());
                case Attr.StringsAttr(List<String> v) -> c.output(0, Optional.of(DType.STRING), Shape.of(v.size()));
                case Attr.GraphAttr g -> {}
                case Attr.TypeAttr t -> {}
                case Attr.TensorsAttr t -> {}
                case Attr.GraphsAttr g -> {}
                case Attr.RefAttr r -> {}
                case Attr.OpaqueAttr(Extra sparse) -> c.sparseOutput(0, sparse);
            }
        }
    }

    @Override
    public OpCost cost(CostContext c) {
        return OpCost.FREE.reading(Dim.of(0)).writing(Dim.of(0));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSTANT_FOLDABLE);
    }

    /// Which attribute a call of the function around it leaves out.
    private static String inCall(Node node) {
        List<String> names = new ArrayList<>();
        for (Attrs.Entry e : node.attrs().entries()) {
            if (e.value() instanceof Attr.RefAttr(String name, int type)) {
                names.add("'" + name + "'");
            }
        }
        return names.isEmpty()
                ? ""
                : ": the call of the function around it gives no attribute " + String.join(" or ", names);
    }

    private static void whole(InferContext c, Shape shape, List<Long> values) {
        c.output(0, Optional.of(DType.INT64), shape);
        if (values.size() <= SmallTensor.LIMIT) {
            c.elements(0, values.stream().map(Dim::of).toList());
        }
    }
}
