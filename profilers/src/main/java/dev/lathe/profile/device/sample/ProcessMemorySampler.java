package dev.lathe.profile.device.sample;

import dev.lathe.core.Quantity;
import dev.lathe.core.Unit;
import dev.lathe.profile.engine.Availability;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import oshi.software.os.OSProcess;
import oshi.software.os.OperatingSystem;

/// Resident memory of one process, through OSHI.
public final class ProcessMemorySampler implements Sampler {
    private Optional<OperatingSystem> system = Optional.empty();
    private Optional<OSProcess> process = Optional.empty();

    @Override
    public String id() {
        return "memory";
    }

    @Override
    public Availability availability() {
        return new Availability.Ready("resident memory of the worker");
    }

    @Override
    public Map<String, Quantity> sample(long pid) {
        OptionalLong bytes = residentBytes(pid);
        return bytes.isEmpty() ? Map.of() : Map.of("resident", Quantity.of(bytes.getAsLong(), Unit.BYTES));
    }

    /// Empty when there is no such process (any more).
    public OptionalLong residentBytes(long pid) {
        if (process.isEmpty() || process.get().getProcessID() != pid) {
            OperatingSystem os = system.orElseGet(() -> Oshi.open().getOperatingSystem());
            system = Optional.of(os);
            process = Optional.ofNullable(os.getProcess((int) pid));
        } else if (!process.get().updateAttributes()) {
            process = Optional.empty();
        }
        return process.filter(p -> p.getState() != OSProcess.State.INVALID && p.getResidentMemory() > 0)
                .map(p -> OptionalLong.of(p.getResidentMemory()))
                .orElse(OptionalLong.empty());
    }
}
