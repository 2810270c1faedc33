package dev.lathe.optimize.partition;

import dev.lathe.core.Quantity;
import dev.lathe.core.Unit;
import java.time.Duration;

/// What it takes to hand tensors from one stage to the next: `perHop` plus bytes / `bandwidth`.
///
/// @param bandwidth in bytes per second
public record TransferModel(Duration perHop, Quantity bandwidth) {

    /// Between workers on one machine, through mapped files: a round trip over the socket, a file to make and map
    /// on either side, and four copies in memory. Measured with MiniLM's hidden state (196 KB) at 0.2–0.3 ms.
    public static final TransferModel BETWEEN_WORKERS =
            new TransferModel(Duration.ofNanos(120_000), Quantity.of(1.5e9, Unit.BYTES_PER_SECOND));

    Duration time(long bytes) {
        return perHop.plusNanos(Math.round(bytes * 1e9 / bandwidth.value()));
    }
}
