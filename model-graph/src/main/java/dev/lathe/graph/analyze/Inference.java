package dev.lathe.graph.analyze;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.graph.Model;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/// The types that inference found, for values of the main graph, its subgraphs and functions; and
/// contradictions met on the way.
public record Inference(Map<ValueId, ValueType> types, List<Diagnostic> diagnostics) {
    public Inference {
        types = Collections.unmodifiableMap(types);
        diagnostics = List.copyOf(diagnostics);
    }

    /// Of a model with all free dimensions left free; no costs, no memory.
    public static Inference of(Model model, JobContext context) {
        return ShapeInference.of(model, DimBindings.NONE, context).inference();
    }

    public ValueType type(ValueId id) {
        return types.getOrDefault(id, ValueType.unknown());
    }
}
