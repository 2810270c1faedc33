package dev.lathe.profile.insight;

import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.profile.Transfer;
import dev.lathe.profile.TransferTimes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Tensors that are copied from device to device in every run: by kernels that do nothing else, and between the stages
/// of a placed model.
public final class CopiesBetweenDevices implements InsightRule {
    @Override
    public String id() {
        return "copies-between-devices";
    }

    @Override
    public String title() {
        return "copies between devices";
    }

    @Override
    public Verdict check(RunFacts facts) {
        Optional<String> missing = facts.withoutKernels();
        if (missing.isPresent()) {
            return new Verdict.NotChecked(missing.get());
        }
        List<Transfer> all = facts.run().transfers();
        if (all.isEmpty()) {
            DeviceKind kind = facts.run().plan().target().device().kind();
            return new Verdict.Clean(
                    kind == DeviceKind.CPU || kind == DeviceKind.CPU_GROUP
                            ? "everything ran on the processor, in one memory"
                            : "no tensor was copied between memories inside the model");
        }
        List<Transfer> handed = all.stream().filter(t -> t.kernel().isEmpty()).toList();
        List<KernelCost> kernels = facts.kernels(TransferTimes.COPIES);
        Duration time = handed.stream()
                .map(Transfer::p50)
                .reduce(Duration.ZERO, Duration::plus)
                .plus(Kernels.time(kernels));
        int copies = all.stream().mapToInt(Transfer::count).sum();
        List<NodeId> places = new ArrayList<>(Kernels.layers(facts, kernels));
        handed.forEach(
                t -> producer(facts, t).filter(id -> !places.contains(id)).ifPresent(places::add));
        return Verdict.found(Finding.gaining(
                id(),
                copies + (copies == 1 ? " copy" : " copies") + " between devices in each run",
                bytes(all) + " (" + ways(all) + "): " + Words.time(time) + " of each run"
                        + (places.isEmpty() ? "." : ", at " + facts.names(places) + ".") + largest(all)
                        + (kernels.isEmpty()
                                ? ""
                                : " A copy waits for what the device still has to do, and that counts as its time."),
                Remedy.byHand(
                        handed.isEmpty()
                                ? "Make layers that sit between two parts on the device run there too, or cut the model"
                                        + " where the least crosses (Split tells where)."
                                : "Cut the model where less crosses (Split tells where), or give two stages that talk much"
                                        + " to one device."),
                places,
                facts.gain(time, Gain.Kind.AT_MOST)));
    }

    private static Optional<NodeId> producer(RunFacts facts, Transfer t) {
        return t.value().flatMap(v -> facts.graph().producer(v)).map(Node::id);
    }

    private static String bytes(List<Transfer> all) {
        long bytes = all.stream().mapToLong(t -> Math.max(0, t.bytes())).sum();
        return bytes > 0 ? Words.bytes(bytes) + " cross" : "Tensors cross";
    }

    private static String ways(List<Transfer> all) {
        return Words.list(
                all.stream().map(t -> t.from() + " to " + t.to()).distinct().toList());
    }

    private static String largest(List<Transfer> all) {
        return all.stream()
                .filter(t -> t.bytes() > 0 && all.size() > 1)
                .max(Comparator.comparingLong(Transfer::bytes))
                .map(t -> " The largest is " + Words.list(List.of(t.tensor())) + ", " + Words.bytes(t.bytes()) + ".")
                .orElse("");
    }
}
