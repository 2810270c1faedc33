package dev.lathe.app.shell;

import dev.lathe.app.graph.GraphViewModel;
import dev.lathe.app.project.Action;
import dev.lathe.app.project.Project;
import dev.lathe.app.project.Store;
import dev.lathe.app.project.Variant;
import dev.lathe.graph.NodeId;
import dev.lathe.profile.OpStats;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Keeps the graph's view model and the store in step: what is shown, measured, selected, coloured.
public final class GraphLink {
    private GraphLink() {}

    public static void tie(Store store, GraphViewModel graph, CrumbBar crumbs) {
        store.observe(Project::shownAnalysis, a -> {
            store.state()
                    .source()
                    .flatMap(Variant::model)
                    .ifPresent(original -> a.ifPresent(
                            it -> graph.show(it, store.state().shownTitle().name(), original)));
            crumbs.showCrumbs();
        });
        // Two variants can have one analysis, and a variant can be renamed. One that is still made shows nothing yet.
        store.observe(p -> p.shownAnalysis().map(a -> p.shownTitle().name()), title -> {
            title.ifPresent(graph::title);
            crumbs.showCrumbs();
        });
        store.observe(GraphLink::measured, m -> graph.layers(m.layers(), m.wholeRun()));
        store.observe(p -> p.split().placement(), graph::placement);
        store.observe(Project::colourBy, c -> {
            graph.colourBy(c);
            crumbs.showColour(c, store.state().split().placement().isPresent());
        });
        store.observe(
                p -> p.split().placement().isPresent(),
                split -> crumbs.showColour(store.state().colourBy(), split));
        store.observe(Project::selection, s -> {
            if (!s.equals(graph.selectionProperty().get())) {
                graph.reveal(s);
            }
            crumbs.showCrumbs();
        });
        graph.selectionProperty().addListener((o, before, now) -> {
            store.dispatch(new Action.Select(now));
            crumbs.showCrumbs();
        });
        graph.colourByProperty().addListener((o, before, now) -> store.dispatch(new Action.SetColourBy(now)));
        graph.sceneProperty().addListener((o, before, now) -> crumbs.showCrumbs());
    }

    /// What the canvas is told of a run.
    private record Measured(Map<NodeId, OpStats> layers, Duration wholeRun) {}

    /// The newest that was measured: live while it runs, else the last run.
    private static Measured measured(Project p) {
        Optional<Measured> live = p.shownLive()
                .latest()
                .filter(s -> p.run().running() && !s.layers().isEmpty())
                .map(s -> new Measured(
                        s.layers(),
                        s.layers().values().stream().map(OpStats::typical).reduce(s.outsideLayers(), Duration::plus)));
        return live.or(() -> p.shownRun().map(r -> new Measured(r.layers(), r.layerSum())))
                .orElse(new Measured(Map.of(), Duration.ZERO));
    }
}
