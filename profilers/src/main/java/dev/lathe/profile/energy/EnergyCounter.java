package dev.lathe.profile.energy;

/// Energy that one part of the machine has taken since its source was opened, in joules.
///
/// @param part which one, e.g. `package-0`, `package-0 dram`, `gpu 0 …`
public record EnergyCounter(Kind kind, String part, double joules) {

    /// What a part is.
    public enum Kind {
        PROCESSOR,
        MEMORY,
        CARD
    }
}
