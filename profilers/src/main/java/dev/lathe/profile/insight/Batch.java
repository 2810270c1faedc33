package dev.lathe.profile.insight;

import dev.lathe.graph.Dim;
import dev.lathe.graph.Shape;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// The free dimension over which a model takes several inputs at once, where it has one and runs with the size 1.
final class Batch {
    private Batch() {}

    /// The first dimension of every input that has one, if that is free, has one name and is 1 in this run.
    static Optional<String> freeDim(RunFacts facts) {
        Set<String> names = new LinkedHashSet<>();
        for (ValueId v : facts.graph().requiredInputs()) {
            facts.graph().value(v).map(Value::declared).ifPresent(t -> {
                if (t instanceof ValueType.TensorType(var type, Shape.Ranked(var dims)) && !dims.isEmpty()) {
                    names.add(dims.getFirst() instanceof Dim.Symbol(String name) ? name : "");
                }
            });
        }
        return names.size() == 1
                ? names.stream()
                        .filter(n -> !n.isEmpty())
                        .filter(n -> facts.run().plan().dims().sizes().getOrDefault(n, 0L) == 1L)
                        .findFirst()
                : Optional.empty();
    }

    static String sweep(RunFacts facts, String dim) {
        return facts.again("--sweep " + dim + "=1..16*2");
    }
}
