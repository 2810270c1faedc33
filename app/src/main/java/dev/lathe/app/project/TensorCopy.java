package dev.lathe.app.project;

import dev.lathe.app.ui.Numbers;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueId;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.RuntimeGraph;
import dev.lathe.profile.Transfer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// A tensor of a graph that each run copies from one device to another: on the way from what makes it to `takers`, and,
/// where it `leaves`, to the graph's own output.
public record TensorCopy(ValueId value, Set<NodeId> takers, boolean leaves, Transfer copy) {
    public TensorCopy {
        takers = Set.copyOf(takers);
    }

    /// Those of a run by the model's own graph. A copy that the engine made of a tensor of its own is on none of its
    /// edges.
    public static List<TensorCopy> inSource(Graph graph, ProfileRun run) {
        List<TensorCopy> found = new ArrayList<>();
        for (Transfer t : run.transfers()) {
            t.value()
                    .filter(v -> graph.value(v).isPresent())
                    .ifPresent(v -> found.add(of(graph, v, t, n -> runsOn(run, n, t.to()))));
        }
        return List.copyOf(found);
    }

    private static boolean runsOn(ProfileRun run, Node n, String device) {
        return Optional.ofNullable(run.layers().get(n.id()))
                .flatMap(run::deviceOf)
                .filter(device::equals)
                .isPresent();
    }

    /// Where nobody is known to take it on the device that it is copied to, all who take it do.
    private static TensorCopy of(Graph graph, ValueId value, Transfer copy, Predicate<Node> there) {
        List<Node> users = graph.nodes().stream().filter(n -> uses(n, value)).toList();
        Set<NodeId> takers = new LinkedHashSet<>();
        users.stream().filter(there).forEach(n -> takers.add(n.id()));
        boolean leaves = graph.isOutput(value) && takers.isEmpty();
        if (takers.isEmpty() && !leaves) {
            users.forEach(n -> takers.add(n.id()));
        }
        return new TensorCopy(value, takers, leaves, copy);
    }

    private static boolean uses(Node n, ValueId value) {
        return n.inputs().contains(value)
                || n.subgraphs().stream().anyMatch(g -> g.captures().contains(value));
    }

    /// Those of a run by the graph that the engine ran, where kernels copy: the tensor on its way to such a kernel, and
    /// the copy on its way on.
    public static List<TensorCopy> inRuntime(RuntimeGraph runtime, ProfileRun run) {
        Graph graph = runtime.model().graph();
        List<TensorCopy> found = new ArrayList<>();
        for (Transfer t : run.transfers()) {
            List<Node> kernels = t.kernel().isEmpty()
                    ? List.of()
                    : graph.nodes().stream()
                            .filter(n -> n.name().equals(t.kernel()))
                            .toList();
            for (Node k : kernels) {
                k.inputs().stream()
                        .filter(ValueId::isPresent)
                        .forEach(v -> found.add(new TensorCopy(v, Set.of(k.id()), false, t)));
                k.outputs().stream()
                        .filter(ValueId::isPresent)
                        .forEach(v -> found.add(of(graph, v, t, n -> true).alsoLeaving(graph.isOutput(v))));
            }
            if (kernels.isEmpty()) {
                graph.valueNamed(t.tensor()).map(Value::id).ifPresent(v -> found.add(of(graph, v, t, n -> true)));
            }
        }
        return List.copyOf(found);
    }

    private TensorCopy alsoLeaving(boolean so) {
        return new TensorCopy(value, takers, so, copy);
    }

    /// `1.50 MiB · 0.300 ms · CPU → WebGPU`: what goes over in a run, and how long that takes; of several the sums.
    public static String words(List<Transfer> copies) {
        return amounts(copies) + " · " + way(copies);
    }

    /// `1.50 MiB · 0.300 ms`; without bytes where nobody tells them.
    public static String amounts(List<Transfer> copies) {
        boolean told = copies.stream().allMatch(t -> t.bytes() >= 0);
        long bytes = copies.stream().mapToLong(Transfer::bytes).sum();
        Duration time = copies.stream().map(Transfer::p50).reduce(Duration.ZERO, Duration::plus);
        return (told ? Numbers.bytes(bytes) + " · " : "") + Numbers.time(time);
    }

    /// `CPU → WebGPU`, of several with different ways the first and how many more.
    public static String way(List<Transfer> copies) {
        List<String> ways = copies.stream()
                .map(t -> DeviceWords.of(t.from()) + " → " + DeviceWords.of(t.to()))
                .distinct()
                .toList();
        return ways.isEmpty() ? "" : ways.getFirst() + (ways.size() > 1 ? " and " + (ways.size() - 1) + " more" : "");
    }
}
