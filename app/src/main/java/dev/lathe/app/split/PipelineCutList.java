package dev.lathe.app.split;

import dev.lathe.app.graph.ScopeTree;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.Placement;
import dev.lathe.optimize.partition.PipelineCuts;
import dev.lathe.optimize.partition.Prediction;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The planner's legal cuts as the window numbers them: 0, 1, … in order of execution; the narrow ones among them are
/// where a dragged border snaps to.
public final class PipelineCutList implements Cuts {
    private final PipelineCuts cuts;
    private final List<Integer> positions;
    private final Set<Integer> narrow;
    private final Graph graph;
    private final ScopeTree names;
    private final long[] weightsBefore;

    public PipelineCutList(Analysis analysis, PipelineCuts cuts, ScopeTree names) {
        this.cuts = cuts;
        this.names = names;
        graph = analysis.model().graph();
        positions = cuts.legal();
        narrow = new HashSet<>(cuts.candidates());
        weightsBefore = new long[graph.nodes().size() + 1];
        Set<ValueId> counted = new HashSet<>();
        for (int i = 0; i < graph.nodes().size(); i++) {
            long own = 0;
            for (ValueId in : graph.nodes().get(i).inputs()) {
                if (in.isPresent() && counted.add(in)) {
                    own += graph.initializer(in)
                            .map(Tensor::data)
                            .map(d -> d.byteSize())
                            .orElse(0L);
                }
            }
            weightsBefore[i + 1] = weightsBefore[i] + own;
        }
    }

    @Override
    public int count() {
        return positions.size();
    }

    @Override
    public boolean narrow(int cut) {
        return narrow.contains(positions.get(cut));
    }

    @Override
    public String label(int cut) {
        Node before = graph.nodes().get(positions.get(cut) - 1);
        String name = names.layerName(before.id());
        return name.isEmpty() ? before.shownName() : name;
    }

    @Override
    public int firstNodeBehind(int cut) {
        return positions.get(cut);
    }

    @Override
    public long bytes(int cut) {
        return cuts.crossingBytes(positions.get(cut));
    }

    @Override
    public long weightBytes(int from, int to) {
        int first = from < 0 ? 0 : positions.get(from);
        int end = to >= count() ? graph.nodes().size() : positions.get(to);
        return weightsBefore[end] - weightsBefore[first];
    }

    @Override
    public Prediction predict(List<Integer> borders, List<Device> devices) {
        return cuts.predict(at(borders), devices);
    }

    @Override
    public Placement placement(List<Integer> borders, List<Device> devices) {
        return cuts.placement(at(borders), devices);
    }

    @Override
    public List<Integer> best(List<Device> devices, JobContext context) {
        try {
            return cuts.best(devices, context).stream()
                    .map(p -> Collections.binarySearch(positions, p))
                    .toList();
        } catch (LatheException e) {
            // Asked only for as many stages as there are cuts; then there is a best.
            throw new IllegalStateException(e);
        }
    }

    private List<Integer> at(List<Integer> borders) {
        return borders.stream().map(positions::get).toList();
    }
}
