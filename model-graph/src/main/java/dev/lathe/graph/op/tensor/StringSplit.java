package dev.lathe.graph.op.tensor;

import dev.lathe.graph.Dim;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.data.Weights;
import dev.lathe.graph.op.AttrSpec;
import dev.lathe.graph.op.CostContext;
import dev.lathe.graph.op.CostRules;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.OpCost;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.op.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.regex.Pattern;

/// Strings cut at a delimiter into a last axis as long as the most parts, and the number of parts of each. No
/// arithmetic.
public final class StringSplit implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("StringSplit", 20)
            .in("X", "string")
            .out("Y", "string")
            .out("Z", "int64")
            .attr("delimiter", AttrSpec.Kind.STRING)
            .attr("maxsplit", AttrSpec.Kind.INT)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        c.dims(0).ifPresent(dims -> {
            List<Dim> out = new ArrayList<>(dims);
            out.add(most(c).orElseGet(() -> c.named(0, dims.size())));
            c.output(0, out);
        });
        c.output(1, c.shape(0));
    }

    /// The parts of the string that has most, where all strings are known.
    private static Optional<Dim> most(InferContext c) {
        return c.constant(0)
                .map(Tensor::data)
                .filter(data -> data instanceof Weights.Strings)
                .map(data -> ((Weights.Strings) data)
                        .values().stream()
                                .mapToLong(text -> parts(
                                        text,
                                        c.attrs().stringOr("delimiter", ""),
                                        c.attrs().intOr("maxsplit", Integer.MAX_VALUE)))
                                .max()
                                .orElse(0))
                .map(Dim::of);
    }

    /// Without a delimiter words between white space count, else what lies between any two delimiters.
    private static long parts(String text, String delimiter, long splits) {
        long all = delimiter.isEmpty()
                ? new StringTokenizer(text).countTokens()
                : text.split(Pattern.quote(delimiter), -1).length;
        return splits < 0 ? all : Math.min(all, splits + 1);
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
