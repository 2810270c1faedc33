package dev.lathe.graph.analyze;

import dev.lathe.core.JobContext;
import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.Model;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Everything that can be said about a model without running it, for given sizes of its free dimensions.
///
/// @param freeDims the named dimensions of the inputs that a caller must give, each with the names of the inputs that
///     have it, whether `dims` sets it or not; one that the file leaves unnamed is called `<input>_d<axis>`; names that
///     follow from others (`total` = `past + sequence`) are left out, unless `dims` sets them all
public record Analysis(
        Model model,
        DimBindings dims,
        Inference inference,
        Costs costs,
        Liveness liveness,
        Map<String, List<String>> freeDims) {
    public Analysis {
        freeDims = Collections.unmodifiableMap(freeDims);
    }

    /// Infers, costs and does liveness in one go; takes time linear in the number of nodes. Problems in the
    /// model become diagnostics of the inference.
    public static Analysis of(Model model, DimBindings dims, JobContext context) {
        context.progress(0, "inferring shapes");
        Map<String, List<String>> free = InputTypes.freeDims(model.graph());
        DimBindings sizes = dims;
        if (!dims.sizes().isEmpty() && !dims.sizes().keySet().containsAll(free.keySet())) {
            Map<String, Dim> solved =
                    ShapeInference.of(model, DimBindings.NONE, context).solved();
            sizes = completed(dims, solved);
            free.keySet().removeAll(solved.keySet());
        }
        ShapeInference.Result types = ShapeInference.of(model, sizes, context);
        if (dims.sizes().isEmpty()) {
            free.keySet().removeAll(types.solved().keySet());
        }
        context.progress(0.5, "adding up costs");
        Costs costs = new CostWalk(model, types, context).run(model);
        context.progress(0.8, "following memory");
        Liveness liveness = new LivenessWalk(types, context).run(model.graph());
        context.progress(1, "analysed");
        return new Analysis(model, dims, types.inference(), costs, liveness, free);
    }

    public ValueType type(ValueId id) {
        return inference.type(id);
    }

    /// The user's sizes, and those of the names that follow from them.
    private static DimBindings completed(DimBindings given, Map<String, Dim> solved) {
        Map<String, Long> sizes = new HashMap<>(given.sizes());
        solved.forEach((name, amount) -> {
            if (DimMath.substitute(amount, given.sizes()) instanceof Dim.Fixed(long size)) {
                sizes.putIfAbsent(name, size);
            }
        });
        return new DimBindings(sizes);
    }
}
