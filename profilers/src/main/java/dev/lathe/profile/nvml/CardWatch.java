package dev.lathe.profile.nvml;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Memory of NVIDIA cards from one moment on, as their driver tells it. Thread-safe.
public final class CardWatch implements AutoCloseable {
    private final Optional<Nvml> library;
    private final Optional<String> trouble;
    private final List<Card> cards = new ArrayList<>();

    private record Card(String part, MemorySegment handle, long usedBefore) {}

    /// One card now, in bytes.
    ///
    /// @param part what counters of its energy call it
    /// @param usedBefore what all programs held on it when the watch began
    /// @param used what they hold now
    /// @param own what the given processes hold of it; 0 where the driver does not see them, as in a container
    public record Reading(String part, long usedBefore, long used, long own) {}

    public static CardWatch open() {
        return open(Nvml::open);
    }

    static CardWatch open(NvidiaCard.Opening opening) {
        try {
            return new CardWatch(Optional.of(opening.open()), Optional.empty());
        } catch (Nvml.Refused e) {
            return new CardWatch(Optional.empty(), Optional.of(String.valueOf(e.getMessage())));
        }
    }

    /// For where nobody asks.
    public static CardWatch none() {
        return new CardWatch(Optional.empty(), Optional.of("nobody looked"));
    }

    private CardWatch(Optional<Nvml> library, Optional<String> trouble) {
        this.library = library;
        Optional<String> why = trouble;
        try {
            if (library.isPresent()) {
                Nvml nvml = library.get();
                for (int i = 0; i < nvml.count(); i++) {
                    MemorySegment handle = nvml.card(i);
                    OptionalLong used = nvml.usedBytes(handle);
                    if (used.isPresent()) {
                        cards.add(new Card(NvidiaCard.part(i, nvml.name(handle)), handle, used.getAsLong()));
                    }
                }
                why = cards.isEmpty() ? Optional.of("no NVIDIA card here tells what is held on it") : why;
            }
        } catch (Nvml.Refused e) {
            why = Optional.of(String.valueOf(e.getMessage()));
        }
        this.trouble = why;
    }

    /// Why nothing is read, without a full stop; empty where something is.
    public Optional<String> trouble() {
        return trouble;
    }

    /// @param processes whose share is asked for
    public synchronized List<Reading> read(Set<Long> processes) {
        List<Reading> readings = new ArrayList<>();
        for (Card c : cards) {
            Nvml nvml = library.orElseThrow();
            nvml.usedBytes(c.handle())
                    .ifPresent(used -> readings.add(
                            new Reading(c.part(), c.usedBefore(), used, nvml.heldBy(c.handle(), processes))));
        }
        return readings;
    }

    @Override
    public synchronized void close() {
        cards.clear();
        library.ifPresent(Nvml::close);
    }
}
