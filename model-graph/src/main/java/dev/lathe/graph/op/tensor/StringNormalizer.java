package dev.lathe.graph.op.tensor;

import dev.lathe.graph.Attr;
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

/// Strings in upper or lower case, stop words left out; how many are left depends on the data. No arithmetic.
public final class StringNormalizer implements OpSpec {
    private static final Schema SCHEMA = Schema.onnx("StringNormalizer", 10)
            .in("X", "string")
            .ranks(1, 2)
            .out("Y", "string")
            .attr("case_change_action", "NONE")
            .oneOf("NONE", "LOWER", "UPPER")
            .attr("is_case_sensitive", 0L)
            .attr("locale", AttrSpec.Kind.STRING)
            .attr("stopwords", AttrSpec.Kind.STRINGS)
            .build();

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void infer(InferContext c) {
        c.dims(0).ifPresent(dims -> {
            if (dims.size() == 2) {
                Dim unused = c.unify(dims.getFirst(), Dim.of(1));
            }
            List<Dim> out = new ArrayList<>(dims);
            if (!stopWords(c).isEmpty() && !out.isEmpty()) {
                // Words go from a vector [C] or from the one row of a matrix [1, C].
                int last = out.size() - 1;
                out.set(last, left(c).orElseGet(() -> c.named(0, last)));
            }
            c.output(0, out);
        });
    }

    private static List<String> stopWords(InferContext c) {
        return c.attrs().find("stopwords").orElse(new Attr.StringsAttr(List.of()))
                        instanceof Attr.StringsAttr(List<String> words)
                ? words
                : List.of();
    }

    /// The words of a constant input that are no stop words; when none is left, one empty string stays.
    private static Optional<Dim> left(InferContext c) {
        Optional<Weights> content = c.constant(0).map(Tensor::data);
        if (content.isEmpty() || !(content.get() instanceof Weights.Strings(List<String> words))) {
            return Optional.empty();
        }
        boolean exact = c.attrs().intOr("is_case_sensitive", 0) != 0;
        List<String> stop = stopWords(c);
        long left = words.stream()
                .filter(w -> stop.stream().noneMatch(s -> exact ? s.equals(w) : s.equalsIgnoreCase(w)))
                .count();
        return Optional.of(Dim.of(Math.max(1, left)));
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
