package dev.lathe.optimize.partition;

import dev.lathe.core.Quantity;
import dev.lathe.core.Unit;
import java.time.Duration;

/// What keeps a stage busy beside computing: `perCall` for each request (`perCallAlone` where no other request is on
/// its way), bytes / `sending` for what it hands on, and bytes / `taking` for what it takes over.
///
/// @param sending in bytes per second
/// @param taking in bytes per second
public record TransferModel(Duration perCall, Duration perCallAlone, Quantity sending, Quantity taking) {
    /// A call that takes as long whether there are other requests or not.
    public TransferModel(Duration perCall, Quantity sending, Quantity taking) {
        this(perCall, perCall, sending, taking);
    }

    /// Between workers on one machine, through shared memory, where nobody measured it on this machine:
    /// [HandOver] does, and found about this on the machine of docs/benchmarks.md, both stages busy at once.
    public static final TransferModel BETWEEN_WORKERS = new TransferModel(
            Duration.ofNanos(450_000),
            Duration.ofNanos(250_000),
            Quantity.of(3e9, Unit.BYTES_PER_SECOND),
            Quantity.of(3e9, Unit.BYTES_PER_SECOND));

    /// Of the stage that sends, for one request.
    Duration hand(long bytes) {
        return perCall.plus(send(bytes));
    }

    /// Of handing on alone, without the call.
    Duration send(long bytes) {
        return at(sending, bytes);
    }

    /// Of the stage that takes over.
    Duration take(long bytes) {
        return at(taking, bytes);
    }

    private static Duration at(Quantity bandwidth, long bytes) {
        return Duration.ofNanos(Math.round(bytes * 1e9 / bandwidth.value()));
    }
}
