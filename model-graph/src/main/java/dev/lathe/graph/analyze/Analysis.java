package dev.lathe.graph.analyze;

import dev.lathe.core.JobContext;
import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.Model;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Everything that can be said about a model without running it, for given sizes of its free dimensions.
public record Analysis(Model model, DimBindings dims, Inference inference, Costs costs, Liveness liveness) {

    /// Infers, costs and does liveness in one go; takes time linear in the number of nodes. Problems in the
    /// model become diagnostics of the inference.
    public static Analysis of(Model model, DimBindings dims, JobContext context) {
        context.progress(0, "inferring shapes");
        ShapeInference.Result types = ShapeInference.of(model, completed(model, dims, context), context);
        context.progress(0.5, "adding up costs");
        Costs costs = new CostWalk(model, types, context).run(model);
        context.progress(0.8, "following memory");
        Liveness liveness = new LivenessWalk(types, context).run(model.graph());
        context.progress(1, "analysed");
        return new Analysis(model, dims, types.inference(), costs, liveness);
    }

    public ValueType type(ValueId id) {
        return inference.type(id);
    }

    /// The named dimensions of the inputs that a caller must give, each with the names of the inputs that have
    /// it, whether [#dims] sets it or not. A dimension that the file leaves unnamed is called `<input>_d<axis>`.
    /// Names that follow from others (`total` = `past + sequence`) are left out.
    public Map<String, List<String>> freeDims() {
        Map<String, List<String>> free = InputTypes.freeDims(model.graph());
        if (!free.isEmpty()) {
            ShapeInference.of(model, DimBindings.NONE, JobContext.quiet())
                    .solved()
                    .keySet()
                    .forEach(free::remove);
        }
        return free;
    }

    /// The user's sizes, and those of the names that follow from them.
    private static DimBindings completed(Model model, DimBindings given, JobContext context) {
        Set<String> open = new HashSet<>(InputTypes.freeDims(model.graph()).keySet());
        open.removeAll(given.sizes().keySet());
        if (open.isEmpty() || given.sizes().isEmpty()) {
            return given;
        }
        Map<String, Long> sizes = new HashMap<>(given.sizes());
        ShapeInference.of(model, DimBindings.NONE, context).solved().forEach((name, amount) -> {
            if (DimMath.substitute(amount, given.sizes()) instanceof Dim.Fixed(long size)) {
                sizes.putIfAbsent(name, size);
            }
        });
        return new DimBindings(sizes);
    }
}
