package dev.lathe.optimize.partition;

import dev.lathe.core.Quantity;
import dev.lathe.core.Unit;
import java.time.Duration;

/// What it takes to hand tensors from one stage to the next: `perHop` plus bytes / `bandwidth`.
///
/// @param bandwidth in bytes per second
public record TransferModel(Duration perHop, Quantity bandwidth) {

    /// Between workers on one machine, through mapped files. An assumption, not a calibration: a message there and
    /// back takes 14 µs and 10 MB through a mapped file 0.7–0.9 ms each way on the machine this was first tried on;
    /// a hop makes two messages and two files, and copies four times, on cores that are busy. Measured stage times
    /// contain the real cost, so compare a prediction with them before you lean on it.
    public static final TransferModel BETWEEN_WORKERS =
            new TransferModel(Duration.ofNanos(120_000), Quantity.of(1.5e9, Unit.BYTES_PER_SECOND));

    Duration time(long bytes) {
        return perHop.plusNanos(Math.round(bytes * 1e9 / bandwidth.value()));
    }
}
