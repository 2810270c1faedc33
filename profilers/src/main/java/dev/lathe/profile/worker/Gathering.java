package dev.lathe.profile.worker;

import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.profile.KernelMap;
import dev.lathe.profile.LayerTimes;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.TransferTimes;
import dev.lathe.profile.placed.PlacedModel;
import java.util.Optional;

/// What profiled runs are gathered in: times of layers, of the engine's own nodes where its graph is known, and of
/// copies between devices.
///
/// @param runtime the graph that the engine says it runs; empty where it does not: then kernels go back to layers by
///     the names of nodes
record Gathering(
        Optional<Model> runtime,
        KernelMap map,
        LayerTimes layers,
        Optional<LayerTimes> kernels,
        TransferTimes transfers) {

    /// Takes some ten ms of a model of some hundred nodes.
    static Gathering of(Analysis analysis, Optional<Model> runtime, ProfilePlan plan) {
        Model model = analysis.model();
        KernelMap map = runtime.map(r -> KernelMap.of(analysis, r))
                .orElseGet(() -> model.format().equals(PlacedModel.FORMAT)
                        ? KernelMap.asShown(model)
                        : KernelMap.unchanged(model));
        return new Gathering(
                runtime,
                map,
                new LayerTimes(model.graph(), map),
                runtime.map(r -> new LayerTimes(r.graph(), KernelMap.unchanged(r))),
                new TransferTimes(model.graph(), runtime.map(Model::graph), plan.target()));
    }
}
