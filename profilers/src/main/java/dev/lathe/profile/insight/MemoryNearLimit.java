package dev.lathe.profile.insight;

import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import java.util.List;
import java.util.OptionalLong;

/// The model's process had nearly all of the memory that the system allows: a little more, and it is killed or swaps.
public final class MemoryNearLimit implements InsightRule {
    private static final double NEAR = 0.8;

    @Override
    public String id() {
        return "memory-near-limit";
    }

    @Override
    public String title() {
        return "memory near its limit";
    }

    @Override
    public Verdict check(RunFacts facts) {
        long peak = facts.run().memory().peakResidentBytes();
        Device device = facts.run().plan().target().device();
        // A card's memory is none of the process's.
        OptionalLong ofMachine = device.kind() == DeviceKind.GPU ? OptionalLong.empty() : device.memoryBytes();
        OptionalLong limit =
                facts.allowance().memoryBytes().isPresent() ? facts.allowance().memoryBytes() : ofMachine;
        if (peak <= 0 || limit.isEmpty() || limit.getAsLong() <= 0) {
            return new Verdict.NotChecked(
                    peak <= 0 ? "the process's memory was not told" : "there is no known limit of memory");
        }
        double part = (double) peak / limit.getAsLong();
        String figures =
                Words.text("%s of %s (%s)", Words.bytes(peak), Words.bytes(limit.getAsLong()), Words.percent(part));
        if (part < NEAR) {
            return new Verdict.Clean("the process had at most " + figures);
        }
        return Verdict.found(Finding.open(
                id(),
                Finding.Severity.HIGH,
                "The run needed " + Words.percent(part) + " of the memory",
                "The process had " + figures + " at its peak: what else needs memory gets it by swapping, or the run is"
                        + " killed.",
                Remedy.pass("A smaller batch, or weights in 8 bits.", "quantize-dynamic"),
                List.of()));
    }
}
