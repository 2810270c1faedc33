package dev.lathe.app.roofline;

import dev.lathe.graph.DType;
import dev.lathe.graph.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/// A layer in the chart: operations for each byte that it moves, and operations a second that it reached.
///
/// `head` stands for `nodes`; `intensity` is in FLOP/B, `rate` in FLOP/s; `share` in 0…1 of the whole run;
/// `ofCeiling` is the part of the ceiling that it reached, empty where that is not known; `fused` when it shares a
/// kernel with
/// others, so that what flows between its nodes is not counted as moved.
public record RooflineDot(
        NodeId head,
        List<NodeId> nodes,
        String layer,
        String op,
        DType dtype,
        double intensity,
        double rate,
        Duration time,
        double share,
        OptionalDouble ofCeiling,
        boolean fused) {
    public RooflineDot {
        nodes = List.copyOf(nodes);
    }
}
