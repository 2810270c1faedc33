package dev.lathe.profile.nvml;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// A card as NVIDIA's driver describes it, in the order in which CUDA numbers cards by their place on the bus.
///
/// @param memoryBytes all of its memory
/// @param facts name and text for people, in order
public record NvidiaCard(String name, OptionalLong memoryBytes, Map<String, String> facts) {
    /// Memory of cards moves data at both edges of its clock.
    private static final int EDGES = 2;

    public NvidiaCard {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    /// How the library is found; tests put one of their own here.
    @FunctionalInterface
    public interface Opening {
        Nvml open() throws Nvml.Refused;
    }

    /// What counters of the card with this index of the driver's are called.
    public static String part(int index, String name) {
        return "gpu " + index + " " + name;
    }

    /// None where there is no driver, or one that does not answer.
    public static List<NvidiaCard> all(Opening opening) {
        List<NvidiaCard> cards = new ArrayList<>();
        try (Nvml nvml = opening.open()) {
            for (int i = 0; i < nvml.count(); i++) {
                cards.add(of(nvml, nvml.card(i)));
            }
        } catch (Nvml.Refused e) {
            // Whoever asks for cards gets those that can be asked; the energy of a run says why there are none.
            return List.copyOf(cards);
        }
        return List.copyOf(cards);
    }

    private static NvidiaCard of(Nvml nvml, MemorySegment card) throws Nvml.Refused {
        Map<String, String> facts = new LinkedHashMap<>();
        nvml.driver().ifPresent(v -> facts.put("Driver", "NVIDIA " + v));
        nvml.capability(card).ifPresent(c -> facts.put("Compute capability", c));
        put(facts, "Highest clock", nvml.highestClockMegahertz(card), "MHz", 1);
        OptionalInt bits = nvml.memoryBusBits(card);
        OptionalInt clock = nvml.highestMemoryClockMegahertz(card);
        if (bits.isPresent() && clock.isPresent()) {
            double bytes = bits.getAsInt() / 8.0 * clock.getAsInt() * 1e6 * EDGES;
            facts.put(
                    "Memory bus",
                    String.format(
                            Locale.ROOT,
                            "%d bits at %d MHz: at most %.0f GB/s",
                            bits.getAsInt(),
                            clock.getAsInt(),
                            bytes / 1e9));
        }
        put(facts, "Power limit", nvml.powerLimitMilliwatts(card), "W", 1000);
        return new NvidiaCard(nvml.name(card), nvml.memoryBytes(card), facts);
    }

    private static void put(Map<String, String> facts, String name, OptionalInt value, String unit, int divisor) {
        value.ifPresent(v -> facts.put(name, v / divisor + " " + unit));
    }
}
