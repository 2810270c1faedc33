package dev.lathe.optimize.partition;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.Placement;
import dev.lathe.graph.target.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Where a model can be cut into pipeline stages, and what each cut costs.
///
/// A border is a position in the main graph's execution order: how many nodes come before it, 1 … nodes − 1.
/// The stages between borders go to the devices in their order. All times are estimates: the layers' times,
/// scaled to the device's cores, plus what it takes to hand the crossing tensors on.
public final class PipelineCuts {
    private final Graph graph;
    private final LayerTimes times;
    private final TransferModel transfer;
    private final Crossings crossings;
    private final long[] prefixNanos;

    private PipelineCuts(Analysis analysis, LayerTimes times, TransferModel transfer) {
        this.graph = analysis.model().graph();
        this.times = times;
        this.transfer = transfer;
        this.crossings = new Crossings(analysis);
        this.prefixNanos = new long[graph.nodes().size() + 1];
        for (int i = 0; i < graph.nodes().size(); i++) {
            prefixNanos[i + 1] =
                    prefixNanos[i] + times.of(graph.nodes().get(i).id()).toNanos();
        }
    }

    /// From layer times that were measured on one thread; from an estimate where there are none.
    public static PipelineCuts of(Analysis analysis, Map<NodeId, Duration> layerTimes) {
        return of(
                analysis,
                layerTimes.isEmpty() ? LayerTimes.estimated(analysis) : LayerTimes.measured(layerTimes, 1),
                TransferModel.BETWEEN_WORKERS);
    }

    public static PipelineCuts of(Analysis analysis, LayerTimes times, TransferModel transfer) {
        return new PipelineCuts(analysis, times, transfer);
    }

    /// Whether the layer times were measured; otherwise every figure here is an estimate from the operators'
    /// definitions.
    public boolean measured() {
        return times.measured();
    }

    /// Every position at which a cut is possible: what crosses it are dense tensors of known element type.
    public List<Integer> legal() {
        List<Integer> found = new ArrayList<>();
        for (int p = 1; p < graph.nodes().size(); p++) {
            if (crossings.legal(p)) {
                found.add(p);
            }
        }
        return found;
    }

    /// The narrow ones among the legal positions, ascending: fewer bytes cross than at the legal position before,
    /// and no more than at the one after. These are where a person would cut, so a dragged border snaps to them.
    public List<Integer> candidates() {
        List<Integer> legal = legal();
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < legal.size(); i++) {
            long here = crossings.bytes(legal.get(i));
            if (i > 0 && here >= crossings.bytes(legal.get(i - 1))) {
                continue;
            }
            // Only behind a fall: so each position of a plain of equal ones is looked at once.
            int j = i;
            while (j + 1 < legal.size() && crossings.bytes(legal.get(j + 1)) == here) {
                j++;
            }
            boolean rises = j + 1 >= legal.size() || crossings.bytes(legal.get(j + 1)) > here;
            if (rises && crossings.known(legal.get(i))) {
                found.add(legal.get(i));
            }
        }
        return found.isEmpty() ? legal : found;
    }

    /// Bytes of the tensors that cross a border for one request; those of unknown size count 0, see [#sizeKnown].
    public long crossingBytes(int border) {
        return crossings.bytes(border);
    }

    /// Whether the sizes of all tensors that cross are known.
    public boolean sizeKnown(int border) {
        return crossings.known(border);
    }

    /// The tensors that cross a border.
    public List<ValueId> crossing(int border) {
        return crossings.values(border);
    }

    /// Time of the nodes before a border, as measured or estimated (not scaled to a device).
    public Duration timeBefore(int border) {
        return Duration.ofNanos(prefixNanos[border]);
    }

    /// What the pipeline with these borders is expected to do. Takes time proportional to the number of stages, so
    /// it can follow a dragged border.
    ///
    /// A stage is busy with a request while it takes it over, computes it and hands it on; the busiest core
    /// sets the throughput: that of the busiest stage, or one that several stages share. The latency is that of one
    /// request alone.
    ///
    /// @param borders ascending, one less than devices
    public Prediction predict(List<Integer> borders, List<Device> devices) {
        check(borders, devices);
        List<Duration> stages = new ArrayList<>();
        List<Duration> transfers = new ArrayList<>();
        List<Long> bytes = new ArrayList<>();
        long latency = 0;
        for (int s = 0; s < devices.size(); s++) {
            int from = start(borders, s);
            long compute = compute(from, end(borders, s), devices.get(s));
            stages.add(Duration.ofNanos(compute));
            if (s > 0) {
                transfers.add(Duration.ofNanos(take(from)));
                bytes.add(crossings.bytes(from));
            }
            latency += compute
                    + take(from)
                    - transfer.perCall().minus(transfer.perCallAlone()).toNanos();
        }
        SharedCores cores = new SharedCores(devices);
        double perSecond = 1e9 / Math.max(1, cores.busiest(busy(borders, devices)));
        return new Prediction(stages, transfers, bytes, Duration.ofNanos(latency), perSecond, cores.sharing());
    }

    private static int start(List<Integer> borders, int stage) {
        return stage == 0 ? 0 : borders.get(stage - 1);
    }

    private int end(List<Integer> borders, int stage) {
        return stage == borders.size() ? graph.nodes().size() : borders.get(stage);
    }

    /// How long each stage is busy with one request, in nanoseconds.
    long[] busy(List<Integer> borders, List<Device> devices) {
        long[] busy = new long[devices.size()];
        for (int s = 0; s < busy.length; s++) {
            int from = start(borders, s);
            busy[s] = compute(from, end(borders, s), devices.get(s)) + take(from);
        }
        return busy;
    }

    /// Computing one request and handing on what it made.
    private long compute(int from, int to, Device device) {
        return workBefore(to, device) - workBefore(from, device) + hand(to);
    }

    /// What a device needs for all nodes before a border, in nanoseconds, with what it takes to get the model's own
    /// inputs to them and its outputs from them.
    long workBefore(int border, Device device) {
        return Math.round(prefixNanos[border] * times.factor(device))
                + transfer.take(crossings.inputsBefore(border)).toNanos()
                + transfer.send(crossings.outputsBefore(border)).toNanos();
    }

    /// What it takes to call a stage that ends at a border and to hand on what crosses there.
    long hand(int border) {
        return transfer.hand(border == graph.nodes().size() ? 0 : crossings.bytes(border))
                .toNanos();
    }

    /// What it takes a stage that starts at a border to take over what crosses there.
    long take(int border) {
        return border == 0 || border == graph.nodes().size()
                ? 0
                : transfer.take(crossings.bytes(border)).toNanos();
    }

    /// Which node runs where under these borders.
    public Placement placement(List<Integer> borders, List<Device> devices) {
        check(borders, devices);
        List<Stage> stages = new ArrayList<>();
        for (int s = 0; s < devices.size(); s++) {
            Set<NodeId> nodes = new HashSet<>();
            for (Node n : graph.nodes().subList(start(borders, s), end(borders, s))) {
                nodes.add(n.id());
            }
            stages.add(new Stage(s, devices.get(s), nodes));
        }
        return new Placement(stages);
    }

    /// The borders with the least busy time of the busiest core, and among those the fewest bytes that cross.
    /// Exact over all legal positions (see [BalancedBorders]); where stages share cores, none better is found by
    /// moving one border alone.
    ///
    /// Takes time in proportion to stages and positions, times a logarithm.
    ///
    /// @throws LatheException `cannot-split` when there are fewer legal positions than borders needed
    public List<Integer> best(List<Device> devices, JobContext context) throws LatheException {
        List<Integer> legal = legal();
        if (devices.isEmpty() || legal.size() < devices.size() - 1) {
            throw new LatheException(Diagnostic.error(
                            "cannot-split",
                            "the model cannot be cut into " + devices.size() + " stages: its main graph of "
                                    + graph.nodes().size() + " nodes has " + legal.size()
                                    + (legal.size() == 1 ? " place" : " places") + " for a border.",
                            Place.nowhere())
                    .withRemedy("Choose fewer devices."));
        }
        context.progress(-1, "searching for the best borders");
        List<Integer> alone = new BalancedBorders(this, legal, graph.nodes().size(), devices, context).find();
        return new SharedCores(devices).any() ? new BorderMoves(this, legal, devices, context).from(alone) : alone;
    }

    private void check(List<Integer> borders, List<Device> devices) {
        if (borders.size() != devices.size() - 1) {
            throw new IllegalArgumentException(devices.size() + " devices need " + (devices.size() - 1) + " borders");
        }
        int before = 0;
        for (int b : borders) {
            if (b <= before || b >= graph.nodes().size()) {
                throw new IllegalArgumentException("borders ascend within 1 … nodes − 1: " + borders);
            }
            before = b;
        }
    }
}
