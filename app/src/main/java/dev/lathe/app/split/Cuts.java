package dev.lathe.app.split;

import dev.lathe.core.JobContext;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.Placement;
import dev.lathe.optimize.partition.Prediction;
import java.util.List;

/// Where a model can be cut into stages, and what that would do: candidate cuts are numbered from 0 in order of
/// execution. Answers come at once, so that a border can be dragged; only [#best] is for a job.
public interface Cuts {
    int count();

    /// Whether less crosses here than around it: where a dragged border snaps to.
    boolean narrow(int cut);

    /// What people read: the layer after which the cut lies.
    String label(int cut);

    /// Index in the graph's order of the first node behind the cut.
    int firstNodeBehind(int cut);

    /// Bytes of one request that cross the cut.
    long bytes(int cut);

    /// Weights of the layers between two cuts; −1 stands for the start, [#count] for the end.
    long weightBytes(int from, int to);

    Prediction predict(List<Integer> borders, List<Device> devices);

    Placement placement(List<Integer> borders, List<Device> devices);

    /// The borders with the highest predicted throughput for these devices, in this order.
    List<Integer> best(List<Device> devices, JobContext context);
}
