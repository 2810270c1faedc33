package dev.lathe.profile;

import java.util.List;

/// What a run held on graphics cards.
public sealed interface GpuMemory {

    /// Nothing here tells.
    ///
    /// @param why without a full stop
    record NotReadable(String why) implements GpuMemory {}

    /// In bytes.
    ///
    /// @param bytes now
    /// @param peakBytes the most that was seen
    /// @param own whether the driver told it of this run's processes; else it is by how much more all programs held
    ///     on the card than before the run
    /// @param cards the cards that the run was seen on
    record Held(long bytes, long peakBytes, boolean own, List<String> cards) implements GpuMemory {
        public Held {
            cards = List.copyOf(cards);
        }
    }
}
