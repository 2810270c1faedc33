package dev.lathe.profile.insight;

import dev.lathe.graph.NodeId;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.profile.TransferTimes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Layers that ran on the processor although the run asked for another device.
public final class OtherDevice implements InsightRule {
    private static final String ON_CPU = "CPUExecutionProvider";

    @Override
    public String id() {
        return "other-device";
    }

    @Override
    public String title() {
        return "layers that fell back to another device";
    }

    @Override
    public Verdict check(RunFacts facts) {
        Optional<String> missing = facts.withoutKernels();
        if (missing.isPresent()) {
            return new Verdict.NotChecked(missing.get());
        }
        var device = facts.run().plan().target().device();
        if (device.kind() == DeviceKind.CPU || device.kind() == DeviceKind.CPU_GROUP) {
            return new Verdict.Clean("the run asked for the processor, which runs everything");
        }
        List<KernelCost> fell = facts.kernels().stream()
                .filter(k -> k.kernel().provider().equals(ON_CPU) && !k.layers().isEmpty())
                .toList();
        if (fell.isEmpty()) {
            return new Verdict.Clean("all " + facts.kernels().size() + " kernels ran on " + device.name());
        }
        Duration time = Kernels.time(fell);
        Duration copies = Kernels.time(facts.kernels(TransferTimes.COPIES));
        List<NodeId> places = Kernels.layers(facts, fell);
        return Verdict.found(Finding.gaining(
                id(),
                Words.count(places.size(), "layer") + " ran on the processor, not on " + device.name(),
                "The engine has no kernel for them there, or takes them for arithmetic with sizes: "
                        + Words.operators(places.stream()
                                .flatMap(id -> facts.node(id).stream())
                                .toList())
                        + ". They took " + Words.time(time) + " of each run, and what is copied to and from them "
                        + Words.time(copies) + ".",
                Remedy.byHand(
                        "Replace these operators by such as the device's provider has, or place a whole end of the"
                                + " model on the processor so that tensors cross once."),
                places,
                facts.gain(time.plus(copies), Gain.Kind.AT_MOST)));
    }
}
