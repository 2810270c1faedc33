package dev.lathe.profile.torchscript;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.Extra;
import dev.lathe.graph.Graph;
import dev.lathe.graph.IdSpace;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.Origin;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import dev.lathe.profile.LiveSample;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.Profiler;
import dev.lathe.profile.RunListener;
import dev.lathe.profile.engine.KernelEvent;
import dev.lathe.profile.engine.djl.PyTorchEngine;
import dev.lathe.profile.engine.djl.TorchScriptArchive;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// Models of TorchScript files, whose programs nobody here reads: first one of the inputs alone, then one that has the
/// operators of a run as its nodes. These have no tensors between them, since a profile tells of none; they are what
/// measurements are kept by.
public final class TorchScript {
    public static final String FORMAT = "TorchScript";

    private TorchScript() {}

    /// The file with what it is to be given, in order.
    ///
    /// @throws LatheException when it is no TorchScript file
    public static Model of(Path file, List<ValueType> inputs) throws LatheException {
        TorchScriptArchive.check(file);
        IdSpace ids = new IdSpace(0, 0);
        Map<ValueId, Value> values = new LinkedHashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            ValueId id = ids.value();
            values.put(id, Value.of(id, PyTorchEngine.input(i), inputs.get(i)));
        }
        return model(file, graph(values, List.of()));
    }

    /// The same with the operators that it runs when it has been warmed up: PyTorch rewrites a program after it has
    /// seen what it is given.
    ///
    /// @param plan how it will be measured
    public static Model observed(Model described, ProfilePlan plan, Profiler profiler, JobContext job)
            throws LatheException {
        ProfilePlan look = new ProfilePlan(
                plan.target(), plan.level(), plan.warmup(), 1, plan.seed(), plan.dims(), 1, plan.options());
        AtomicReference<Optional<ProfileRun>> untilThen = new AtomicReference<>(Optional.empty());
        RunListener listener = new RunListener() {
            @Override
            public void sample(LiveSample s) {
                // Only the operators are wanted.
            }

            @Override
            public void brokenOff(ProfileRun r) {
                untilThen.set(Optional.of(r));
            }
        };
        ProfileRun seen;
        try {
            seen = profiler.profile(described, look, listener, job);
        } catch (LatheException e) {
            // One that fails later was seen until then; who measures it meets the failure, and tells what came before.
            seen = untilThen.get().orElseThrow(() -> e);
        }
        return withOperators(described, seen.trace());
    }

    static Model withOperators(Model described, List<KernelEvent> operators) {
        List<Node> nodes = new ArrayList<>();
        for (KernelEvent k : operators) {
            NodeId id = new NodeId(nodes.size());
            String[] parts = k.op().split("::", 2);
            nodes.add(new Node(
                    id,
                    k.node(),
                    parts.length == 2 ? parts[0] : "",
                    parts[parts.length - 1],
                    "",
                    List.of(),
                    List.of(),
                    Attrs.NONE,
                    new Origin.Imported(id, k.node()),
                    Extra.NONE));
        }
        Map<ValueId, Value> values = new LinkedHashMap<>();
        described.graph().values().forEach(v -> values.put(v.id(), v));
        return model(described.source().orElseThrow(), graph(values, nodes));
    }

    private static Graph graph(Map<ValueId, Value> inputs, List<Node> nodes) {
        return new Graph("", "", List.copyOf(inputs.keySet()), List.of(), nodes, inputs, Map.of(), Extra.NONE);
    }

    private static Model model(Path file, Graph graph) {
        return new Model(
                FORMAT, Optional.of(file), 0, Map.of(), "", "", "", 0, "", Map.of(), graph, List.of(), Extra.NONE);
    }
}
