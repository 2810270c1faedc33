package dev.lathe.profile.cost;

import dev.lathe.core.Quantity;
import dev.lathe.graph.DType;
import dev.lathe.profile.ceiling.Ceiling;
import dev.lathe.profile.ceiling.Ceilings;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// The most that work can attain on a device, from how many operations it does on each byte that it moves:
/// attainable(I) = min(peak, I · bandwidth), with I in operations per byte.
///
/// @param bandwidth bytes a second
/// @param peaks operations a second for each element type
/// @see <a href="https://doi.org/10.1145/1498765.1498785">Williams, Waterman, Patterson: Roofline (2009)</a>
public record Roofline(Quantity bandwidth, Map<DType, Quantity> peaks) {
    public Roofline {
        peaks = Map.copyOf(peaks);
    }

    /// That of measured ceilings; empty where the bandwidth could not be measured. Types that could not be measured
    /// have no peak.
    public static Optional<Roofline> of(Ceilings ceilings) {
        Map<DType, Quantity> peaks = new EnumMap<>(DType.class);
        ceilings.matrix().forEach((dtype, c) -> {
            if (c instanceof Ceiling.Reached r) {
                peaks.put(dtype, r.best());
            }
        });
        return ceilings.memoryBandwidth() instanceof Ceiling.Reached r
                ? Optional.of(new Roofline(r.best(), peaks))
                : Optional.empty();
    }

    /// Operations a second at this intensity (operations per byte); empty for a type without a known peak.
    public Optional<Quantity> attainable(DType dtype, Quantity intensity) {
        return peak(dtype).map(p -> Quantity.of(Math.min(p.value(), intensity.value() * bandwidth.value()), p.unit()));
    }

    /// The shortest time in which a device under this roof can do `operations` and move `bytes`:
    /// max(operations / peak, bytes / bandwidth). For a type without a known peak the second alone: that is a
    /// bound too.
    public Duration leastTime(DType dtype, Quantity operations, Quantity bytes) {
        double moving = bytes.value() / bandwidth.value();
        double computing = peak(dtype).map(p -> operations.value() / p.value()).orElse(0.0);
        return Duration.ofNanos(Math.round(1e9 * Math.max(moving, computing)));
    }

    /// 8-bit integers have one peak, whatever their sign.
    private Optional<Quantity> peak(DType dtype) {
        return Optional.ofNullable(peaks.get(dtype == DType.UINT8 ? DType.INT8 : dtype));
    }
}
