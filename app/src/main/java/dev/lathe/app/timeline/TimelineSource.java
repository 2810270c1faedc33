package dev.lathe.app.timeline;

import dev.lathe.graph.Graph;
import dev.lathe.graph.NodeId;
import dev.lathe.profile.LiveSample;
import dev.lathe.profile.OpStats;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.engine.KernelEvent;
import dev.lathe.profile.engine.RunTarget;
import java.util.List;
import java.util.Map;

/// What a timeline of a run is made of.
///
/// @param title of the variant that ran
/// @param trace the kernels of one run
public record TimelineSource(
        String title, Graph graph, Map<NodeId, OpStats> layers, List<KernelEvent> trace, String device, String engine) {

    public static TimelineSource of(String title, Graph graph, ProfileRun run) {
        return of(title, graph, run.layers(), run.trace(), run.plan().target());
    }

    /// Of a run that goes on.
    public static TimelineSource of(String title, Graph graph, LiveSample sample, RunTarget target) {
        return of(title, graph, sample.layers(), sample.trace(), target);
    }

    private static TimelineSource of(
            String title, Graph graph, Map<NodeId, OpStats> layers, List<KernelEvent> trace, RunTarget target) {
        return new TimelineSource(title, graph, layers, trace, target.device().id(), target.engine());
    }

    /// Whether both make the same timeline: without looking at thousands of kernels.
    boolean same(TimelineSource other) {
        return graph == other.graph && trace == other.trace && title.equals(other.title);
    }
}
