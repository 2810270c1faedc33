package dev.lathe.graph.analyze;

import dev.lathe.core.JobContext;
import dev.lathe.graph.Model;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import java.util.List;
import java.util.Map;

/// Everything that can be said about a model without running it, for given sizes of its free dimensions.
public record Analysis(Model model, DimBindings dims, Inference inference, Costs costs, Liveness liveness) {

    /// Infers, costs and does liveness in one go; takes time linear in the number of nodes. Problems in the
    /// model become diagnostics of the inference.
    public static Analysis of(Model model, DimBindings dims, JobContext context) {
        context.progress(0, "inferring shapes");
        ShapeInference.Result types = ShapeInference.of(model, dims, context);
        context.progress(0.5, "adding up costs");
        Costs costs = new CostWalk(types, context).run(model);
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
    public Map<String, List<String>> freeDims() {
        return InputTypes.freeDims(model.graph());
    }
}
