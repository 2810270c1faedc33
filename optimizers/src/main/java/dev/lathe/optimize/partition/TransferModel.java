package dev.lathe.optimize.partition;

import dev.lathe.core.Quantity;
import dev.lathe.core.Unit;
import java.time.Duration;

/// What keeps a stage busy beside computing: `perCall` for each request, bytes / `sending` for what it hands on, and
/// bytes / `taking` for what it takes over.
///
/// @param sending in bytes per second
/// @param taking in bytes per second
public record TransferModel(Duration perCall, Quantity sending, Quantity taking) {

    /// Between workers on one machine, through shared memory. Fitted to the stage times of four models (256 B to
    /// 3.4 MiB across the border) on the machine of docs/benchmarks.md, both stages busy at once; it is not a
    /// calibration of this machine. The sender copies the engine's output twice; the receiver maps it, and its
    /// first layers read what another core wrote. Measured stage times contain the real cost, so compare a
    /// prediction with them before you lean on it.
    public static final TransferModel BETWEEN_WORKERS = new TransferModel(
            Duration.ofNanos(700_000),
            Quantity.of(1.7e9, Unit.BYTES_PER_SECOND),
            Quantity.of(1.9e9, Unit.BYTES_PER_SECOND));

    /// Of the stage that sends, for one request.
    Duration hand(long bytes) {
        return perCall.plus(at(sending, bytes));
    }

    /// Of the stage that takes over.
    Duration take(long bytes) {
        return at(taking, bytes);
    }

    private static Duration at(Quantity bandwidth, long bytes) {
        return Duration.ofNanos(Math.round(bytes * 1e9 / bandwidth.value()));
    }
}
