package dev.lathe.app.timeline;

import dev.lathe.graph.NodeId;
import java.util.List;

/// Something that ran: a kernel, or an event of a trace file.
///
/// @param start in µs on the clock of the timeline
/// @param duration in µs
/// @param kind what slices are coloured by: the operator, or an event's name
/// @param facts for whoever points at it
/// @param nodes of the shown model for which it ran; empty where that is not known
public record Slice(double start, double duration, String name, String kind, Facts facts, List<NodeId> nodes) {

    /// What is known of a slice, in lines: put into words when somebody asks, for few of many slices are asked about.
    @FunctionalInterface
    public interface Facts {
        List<String> lines();
    }

    public Slice {
        nodes = List.copyOf(nodes);
    }

    public double end() {
        return start + duration;
    }
}
