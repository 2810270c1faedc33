package dev.lathe.app.memory;

import dev.lathe.core.JobContext;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.Liveness;
import dev.lathe.profile.OpStats;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.RuntimeGraph;
import dev.lathe.profile.memory.ArenaUse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/// Lays the lifetimes of tensors out as an arena would hold them, and lines them up with what was measured.
final class MemoryTimeline {
    private MemoryTimeline() {}

    static MemoryState of(Analysis analysis, Optional<ProfileRun> run, JobContext job) {
        Graph graph = analysis.model().graph();
        boolean asItRuns = run.flatMap(ProfileRun::runtime)
                .filter(r -> r.analysis() == analysis)
                .isPresent();
        Liveness liveness = analysis.liveness();
        Map<NodeId, Integer> positions = new HashMap<>();
        graph.nodes().forEach(n -> positions.put(n.id(), positions.size()));
        List<MemoryBlock> blocks = blocks(graph, liveness, job);
        List<Long> live = live(blocks, graph.nodes().size());
        int peakAt = liveness.peakAt()
                .flatMap(n -> Optional.ofNullable(positions.get(n)))
                .orElse(-1);
        long unknown = liveness.lifetimes().values().stream()
                .filter(l -> l.bytes().fixed().isEmpty())
                .count();
        return new MemoryState(
                true,
                asItRuns,
                graph.nodes().size(),
                blocks,
                live,
                liveness.knownPeakBytes(),
                peakAt,
                liveness.peakAt()
                        .flatMap(id -> graph.nodes().stream()
                                .filter(n -> n.id().equals(id))
                                .findFirst())
                        .map(Node::shownName)
                        .orElse(""),
                (int) unknown,
                run.flatMap(ProfileRun::runtime)
                        .flatMap(RuntimeGraph::planned)
                        .map(p -> OptionalLong.of(p.peak()))
                        .orElse(OptionalLong.empty()),
                run.flatMap(r -> arena(r, asItRuns ? r.runtime().orElseThrow().kernels() : r.layers(), positions)),
                analysis.costs().total().parameterBytes().fixed(),
                liveness.foldedBytes(),
                run.map(r -> r.memory().peakResidentBytes() > 0
                                ? OptionalLong.of(r.memory().peakResidentBytes())
                                : OptionalLong.empty())
                        .orElse(OptionalLong.empty()),
                run.flatMap(r -> r.memory().gpu()));
    }

    private static List<MemoryBlock> blocks(Graph graph, Liveness liveness, JobContext job) {
        Set<ValueId> atPeak = new HashSet<>(liveness.atPeak());
        List<Map.Entry<ValueId, Liveness.Lifetime>> begun = liveness.lifetimes().entrySet().stream()
                .filter(e -> e.getValue().bytes().fixed().orElse(0) > 0)
                .sorted(Comparator.comparingInt(e -> e.getValue().from()))
                .toList();
        List<MemoryBlock> blocks = new ArrayList<>();
        // Those that are alive, by where they lie.
        TreeSet<MemoryBlock> present = new TreeSet<>(Comparator.comparingLong(MemoryBlock::offset)
                .thenComparingInt(b -> b.value().index()));
        for (Map.Entry<ValueId, Liveness.Lifetime> e : begun) {
            job.checkCancelled();
            Liveness.Lifetime l = e.getValue();
            long bytes = l.bytes().fixed().orElse(0);
            present.removeIf(b -> b.to() < l.from());
            long offset = 0;
            for (MemoryBlock b : present) {
                if (b.offset() - offset >= bytes) {
                    break;
                }
                offset = Math.max(offset, b.offset() + b.bytes());
            }
            MemoryBlock block = new MemoryBlock(
                    e.getKey(),
                    graph.nameOf(e.getKey()),
                    graph.producer(e.getKey()).map(Node::id),
                    l.from(),
                    l.to(),
                    bytes,
                    offset,
                    atPeak.contains(e.getKey()));
            present.add(block);
            blocks.add(block);
        }
        return blocks;
    }

    /// Bytes at each position, the first before any node runs.
    private static List<Long> live(List<MemoryBlock> blocks, int nodes) {
        long[] change = new long[nodes + 3];
        for (MemoryBlock b : blocks) {
            change[b.from() + 1] += b.bytes();
            change[Math.min(nodes, b.to()) + 2] -= b.bytes();
        }
        List<Long> live = new ArrayList<>(Collections.nCopies(nodes + 1, 0L));
        long sum = 0;
        for (int i = 0; i <= nodes; i++) {
            sum += change[i];
            live.set(i, sum);
        }
        return live;
    }

    /// Empty where the engine does not tell.
    private static Optional<ArenaCurve> arena(
            ProfileRun run, Map<NodeId, OpStats> layers, Map<NodeId, Integer> positions) {
        Map<String, Integer> ends = new HashMap<>();
        for (Map.Entry<NodeId, OpStats> e : layers.entrySet()) {
            Integer at = positions.get(e.getKey());
            if (at != null) {
                e.getValue().kernels().forEach(k -> ends.merge(k, at, Math::max));
            }
        }
        return run.memory().arena().map(use -> curve(use, ends));
    }

    private static ArenaCurve curve(ArenaUse use, Map<String, Integer> ends) {
        List<ArenaCurve.Point> points = new ArrayList<>();
        for (ArenaUse.Step step : use.steps()) {
            Integer at = ends.get(step.kernel());
            if (at != null) {
                points.add(new ArenaCurve.Point(at, step.bytes()));
            }
        }
        points.sort(Comparator.comparingInt(ArenaCurve.Point::position));
        return new ArenaCurve(points, use.peak(), use.all(), use.workspace());
    }
}
