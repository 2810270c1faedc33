package dev.lathe.profile.memory;

import dev.lathe.core.JobContext;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.op.CostContext;
import dev.lathe.profile.engine.KernelEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/// What the tensors of a run take by prediction on the graph that the runtime made of the model, with buffers used
/// again as its planner does ([BufferPlan]). The model's inputs are the caller's, so they are not in it.
///
/// @param live bytes while each node of the runtime's graph runs, in the order in which they ran
/// @param peak the most of these
/// @param peakAt the node during which that is
/// @param unknown tensors whose size is not known, which count as nothing
public record PlannedMemory(List<Long> live, long peak, Optional<NodeId> peakAt, int unknown) {
    public PlannedMemory {
        live = List.copyOf(live);
    }

    /// @param sized the graph that the runtime runs, at the sizes of the run
    /// @param run kernels of a run, for the order and for sizes that shape inference does not find; may be empty
    public static PlannedMemory of(Analysis sized, List<KernelEvent> run, JobContext job) {
        Graph graph = sized.model().graph();
        Analysis open = sized.dims().sizes().isEmpty() ? sized : Analysis.of(sized.model(), DimBindings.NONE, job);
        RanNodes ran = new RanNodes(graph, run);
        Sizes sizes = new Sizes(sized, ran);
        BufferPlan plan = new BufferPlan(
                graph,
                ran.order(),
                new BufferPlan.Facts(new KnownShapes(graph, open::type)::of, sizes::of, ran::bodies, ran::order),
                job);
        long[] live = plan.live();
        int at = -1;
        for (int i = 0; i < live.length; i++) {
            at = at < 0 || live[i] > live[at] ? i : at;
        }
        return new PlannedMemory(
                LongStream.of(live).boxed().toList(),
                at < 0 ? 0 : live[at],
                at < 0 ? Optional.empty() : Optional.of(ran.order().get(at).id()),
                sizes.unknown);
    }

    private static final class Sizes {
        private final Map<ValueId, OptionalLong> told = new java.util.HashMap<>();
        private final Analysis sized;
        private int unknown;

        Sizes(Analysis sized, RanNodes ran) {
            this.sized = sized;
            sized.model()
                    .graph()
                    .forEachGraph(g -> g.nodes()
                            .forEach(n -> ran.kernel(n).ifPresent(k -> told(n, KernelShapes.bytes(k.outputShapes())))));
        }

        private void told(Node n, List<OptionalLong> sizes) {
            List<ValueId> outputs =
                    n.outputs().stream().filter(ValueId::isPresent).toList();
            for (int i = 0; i < outputs.size() && outputs.size() == sizes.size(); i++) {
                told.put(outputs.get(i), sizes.get(i));
            }
        }

        long of(ValueId v) {
            OptionalLong inferred = CostContext.bytes(sized.type(v)).fixed();
            OptionalLong bytes = inferred.isPresent() ? inferred : told.getOrDefault(v, OptionalLong.empty());
            unknown += bytes.isEmpty() ? 1 : 0;
            return bytes.orElse(0);
        }
    }
}
