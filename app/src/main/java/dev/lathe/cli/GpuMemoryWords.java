package dev.lathe.cli;

import dev.lathe.profile.GpuMemory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a run held on graphics cards, in words and as JSON.
final class GpuMemoryWords {
    private GpuMemoryWords() {}

    /// Nothing of a run that no card took part in.
    static String line(Optional<GpuMemory> memory) {
        return memory.map(m -> switch (m) {
                    case GpuMemory.NotReadable(String why) -> "gpu memory  not readable here: " + why + "\n";
                    case GpuMemory.Held h ->
                        "gpu memory  " + Amounts.bytes(h.peakBytes()) + " at the peak (" + String.join(", ", h.cards())
                                + (h.own() ? ")\n" : "; by how much all programs held more than before)\n");
                })
                .orElse("");
    }

    static @Nullable Map<String, Object> json(Optional<GpuMemory> memory) {
        if (memory.isEmpty()) {
            return null;
        }
        Map<String, Object> j = new LinkedHashMap<>();
        switch (memory.get()) {
            case GpuMemory.NotReadable(String why) -> j.put("notReadable", why);
            case GpuMemory.Held h -> {
                j.put("bytes", h.bytes());
                j.put("peakBytes", h.peakBytes());
                j.put("ofThisRunAlone", h.own());
                j.put("cards", h.cards());
            }
        }
        return j;
    }
}
