package dev.lathe.profile.insight;

import dev.lathe.graph.NodeId;
import dev.lathe.graph.target.DeviceKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Tensors that are copied between the memories of devices in every run.
public final class CopiesBetweenDevices implements InsightRule {
    static final Set<String> COPIES = Set.of("MemcpyFromHost", "MemcpyToHost");

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
        List<KernelCost> copies = facts.kernels(COPIES);
        if (copies.isEmpty()) {
            DeviceKind kind = facts.run().plan().target().device().kind();
            return new Verdict.Clean(
                    kind == DeviceKind.CPU || kind == DeviceKind.CPU_GROUP
                            ? "everything ran on the processor, in one memory"
                            : "no tensor was copied between memories inside the model");
        }
        Duration time = Kernels.time(copies);
        double bytes = copies.stream()
                .mapToLong(k -> Math.max(0, k.kernel().outputBytes()))
                .sum();
        List<NodeId> places = Kernels.layers(facts, copies);
        return Verdict.found(Finding.gaining(
                id(),
                copies.size() + (copies.size() == 1 ? " copy" : " copies") + " between devices in each run",
                (bytes > 0 ? Words.bytes(bytes) + " cross" : "Tensors cross") + " between the memories of "
                        + facts.run().plan().target().device().name() + " and of the processor: " + Words.time(time)
                        + " of each run" + (places.isEmpty() ? "." : ", at " + facts.names(places) + ".")
                        + " A copy waits for what the device still has to do, and that counts as its time.",
                Remedy.byHand(
                        "Make layers that sit between two parts on the device run there too, or cut the model where"
                                + " the least crosses (Split tells where)."),
                places,
                facts.gain(time, Gain.Kind.AT_MOST)));
    }
}
