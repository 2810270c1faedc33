package dev.lathe.graph.op;

import dev.lathe.graph.Attr;
import dev.lathe.graph.Attrs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Attributes that count or space something, so that 0 and less mean nothing, whatever operator has them.
public final class PositiveAttributes {
    private static final Set<String> NAMES = Set.of(
            "strides",
            "dilations",
            "kernel_shape",
            "group",
            "blocksize",
            "num_outputs",
            "num_groups",
            "hidden_size",
            "size",
            "min_gram_length");
    /// Which attribute of an operator ONNX Runtime looks at only when the node runs.
    private static final Map<String, String> AT_RUN = Map.of("RNN", "hidden_size", "Conv", "group");

    private PositiveAttributes() {}

    /// A sentence about the first of them that is not positive.
    public static Optional<String> wrong(Schema schema, Attrs attrs) {
        return wrong(schema, attrs, false);
    }

    /// A sentence about the one that is not positive and that nobody looks at before the node runs.
    public static Optional<String> wrongAtRun(Schema schema, Attrs attrs) {
        return wrong(schema, attrs, true);
    }

    private static Optional<String> wrong(Schema schema, Attrs attrs, boolean atRun) {
        // Without streams: this is asked of every node, and few have such an attribute.
        for (Attrs.Entry e : attrs.entries()) {
            if (NAMES.contains(e.name())
                    && isAnyBelowOne(e.value())
                    && e.name().equals(AT_RUN.get(schema.name())) == atRun
                    && schema.attr(e.name()).isPresent()) {
                return Optional.of("the attribute '" + e.name() + "' must be greater than 0");
            }
        }
        return Optional.empty();
    }

    private static boolean isAnyBelowOne(Attr value) {
        return switch (value) {
            case Attr.IntAttr(long n) -> n <= 0;
            case Attr.IntsAttr(List<Long> all) -> all.stream().anyMatch(n -> n <= 0);
            default -> false;
        };
    }
}
