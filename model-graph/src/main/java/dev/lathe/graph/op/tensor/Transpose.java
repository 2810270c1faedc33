package dev.lathe.graph.op.tensor;

import dev.lathe.graph.Dim;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Rules;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.SmallTensor;
import dev.lathe.graph.op.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/// Axes in another order; reversed by default.
public final class Transpose implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("Transpose", 1, 13, 21, 23, 24, 25)
            .in("data", "T")
            .out("transposed", "T")
            .attr("perm", AttrSpec.Kind.INTS)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        Optional<List<Dim>> dims = c.dims(0);
        Optional<List<Long>> given = c.attrs().ints("perm");
        if (given.isPresent()
                && !given.get().stream()
                        .sorted()
                        .toList()
                        .equals(LongStream.range(0, given.get().size()).boxed().toList())) {
            c.fault("its perm " + given.get() + " does not name each axis once");
            dims.ifPresent(d -> c.output(0, Rules.unknownDims(d.size())));
            return;
        }
        if (given.isPresent()
                && dims.isPresent()
                && dims.get().size() != given.get().size()) {
            c.contradiction("its perm " + given.get() + " has not as many axes as an input of rank "
                    + dims.get().size());
        }
        if (dims.isEmpty()) {
            c.attrs().ints("perm").ifPresent(p -> c.output(0, Rules.unknownDims(p.size())));
            return;
        }
        List<Long> order = new ArrayList<>();
        for (long i = dims.get().size() - 1; i >= 0; i--) {
            order.add(i);
        }
        List<Long> perm =
                c.attrs().ints("perm").filter(p -> p.size() == order.size()).orElse(order);
        c.output(0, perm.stream().map(p -> dims.get().get(Math.toIntExact(p))).toList());
        SmallTensor.of(c.input(0)).ifPresent(t -> {
            long[] from = t.strides();
            long[] strides =
                    perm.stream().mapToLong(p -> from[Math.toIntExact(p)]).toArray();
            List<Long> shape =
                    perm.stream().map(p -> t.dims().get(Math.toIntExact(p))).toList();
            c.elements(0, t.view(shape, 0, strides).elements());
        });
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
