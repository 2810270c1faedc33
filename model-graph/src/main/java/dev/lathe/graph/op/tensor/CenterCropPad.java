package dev.lathe.graph.op.tensor;

import dev.lathe.graph.Dim;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.Axes;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Sizes;
import dev.lathe.graph.op.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The input cut or padded around its centre to given extents.
public final class CenterCropPad implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("CenterCropPad", 18)
            .in("input_data", "T")
            .in("shape", "Tind")
            .out("output_data", "T")
            .attr("axes", AttrSpec.Kind.INTS)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Sizes.atRun(c).ranks(1, 0, 1);
        c.dims(0).ifPresent(dims -> {
            Optional<List<Dim>> wanted = c.elements(1);
            List<Long> axes = c.attrs().ints("axes").orElse(List.of());
            List<Dim> out = new ArrayList<>(dims);
            int count = axes.isEmpty() ? dims.size() : axes.size();
            // One that is not known is repeated.
            Optional<Integer> numbers =
                    wanted.map(List::size).or(() -> Axes.count(c, 1).filter(n -> n != 1));
            if (numbers.filter(n -> n != count).isPresent()) {
                c.misfit(numbers.get() + " sizes are given for " + count + " axes: one for each");
                return;
            }
            Optional<List<Integer>> places = Axes.given(c, Integer.MAX_VALUE, dims.size());
            if (places.isEmpty()
                    || places.get().stream().distinct().count() < places.get().size()) {
                c.misfit("its axes " + axes + " are not different axes of an input of rank " + dims.size());
                return;
            }
            for (int i = 0; i < (axes.isEmpty() ? dims.size() : axes.size()); i++) {
                int axis = axes.isEmpty() ? i : (int) (axes.get(i) < 0 ? axes.get(i) + dims.size() : axes.get(i));
                out.set(axis, wanted.isPresent() ? none(wanted.get().get(i)) : Dim.unknown());
            }
            c.output(0, out);
        });
    }

    /// Less than nothing is nothing here.
    private static Dim none(Dim size) {
        return size instanceof Dim.Fixed(long n) && n < 0 ? Dim.of(0) : size;
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
