package dev.lathe.graph.analyze;

import dev.lathe.core.JobContext;
import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.DimTerms;
import dev.lathe.graph.Model;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Everything that can be said about a model without running it, for given sizes of its free dimensions.
///
/// @param freeDims the named dimensions of the inputs that a caller must give, each with the names of the inputs that
///     have it, whether `dims` sets it or not; one that the file leaves unnamed is called `<input>_d<axis>`; names that
///     follow from others (`total` = `past + sequence`) are left out, unless `dims` sets them all
/// @param following the names that are left out, with what they are
public record Analysis(
        Model model,
        DimBindings dims,
        Inference inference,
        Costs costs,
        Liveness liveness,
        Map<String, List<String>> freeDims,
        Map<String, Dim> following) {
    public Analysis {
        following = Map.copyOf(following);
        freeDims = Collections.unmodifiableMap(freeDims);
    }

    /// Infers, costs and does liveness in one go; takes time linear in the number of nodes. Problems in the
    /// model become diagnostics of the inference.
    public static Analysis of(Model model, DimBindings dims, JobContext context) {
        context.progress(0, "inferring shapes");
        Map<String, List<String>> free = InputTypes.freeDims(model.graph());
        DimBindings sizes = dims;
        Map<String, Dim> following = Map.of();
        if (!dims.sizes().isEmpty() && !dims.sizes().keySet().containsAll(free.keySet())) {
            Map<String, Dim> solved =
                    ShapeInference.of(model, DimBindings.NONE, context).solved();
            sizes = completed(dims, solved);
            following = following(free, solved);
        }
        ShapeInference.Result types = ShapeInference.of(model, sizes, context);
        if (dims.sizes().isEmpty()) {
            following = following(free, types.solved());
        }
        context.progress(0.5, "adding up costs");
        Costs costs = new CostWalk(model, types, context).run(model);
        context.progress(0.8, "following memory");
        Liveness liveness = new LivenessWalk(model, types, context).run(model.graph());
        context.progress(1, "analysed");
        return new Analysis(model, dims, types.inference(), costs, liveness, free, following);
    }

    /// Takes those that follow from others out of `free`.
    private static Map<String, Dim> following(Map<String, List<String>> free, Map<String, Dim> solved) {
        Map<String, Dim> out = new HashMap<>(solved);
        out.keySet().retainAll(free.keySet());
        free.keySet().removeAll(out.keySet());
        return out;
    }

    /// Names of sizes that neither the inputs have nor anything in the model settles: what the file declares of an
    /// output, or what depends on the data. `dims` can set them all the same.
    public Set<String> openDims() {
        Set<String> open = new TreeSet<>();
        model.graph()
                .forEachGraph(g -> g.values().forEach(v -> {
                    // Runtimes leave the types of tensors in the file that they optimized away.
                    if (g.isInput(v.id()) || g.producer(v.id()).isPresent()) {
                        Types.forEachDim(type(v.id()), d -> DimTerms.names(d, open::add));
                    }
                }));
        open.removeAll(freeDims.keySet());
        open.removeAll(following.keySet());
        open.removeAll(dims.sizes().keySet());
        return open;
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
