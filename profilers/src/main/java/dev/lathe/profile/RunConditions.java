package dev.lathe.profile;

import dev.lathe.core.Quantity;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What the machine did while a model ran, as far as it tells: without this nobody can say whether a slow run is the
/// model's or the machine's.
///
/// `load` is how many cores were busy with what; `frequency` the clock of the cores that the model ran on; `heldBack`
/// the part of the time, 0…1, in which a container's limit of processor time held this program back; `tooHot` how
/// often a core was slowed because of its temperature.
public record RunConditions(
        Load load,
        Frequency frequency,
        OptionalDouble heldBack,
        String whyNotHeldBack,
        OptionalLong tooHot,
        EnergyUse energy) {

    /// Without energy, which the process counts in which the model runs.
    public RunConditions(
            Load load, Frequency frequency, OptionalDouble heldBack, String whyNotHeldBack, OptionalLong tooHot) {
        this(load, frequency, heldBack, whyNotHeldBack, tooHot, EnergyUse.NOT_WATCHED);
    }

    public RunConditions withEnergy(EnergyUse use) {
        return new RunConditions(load, frequency, heldBack, whyNotHeldBack, tooHot, use);
    }

    /// Of a run that nobody watched.
    public static final RunConditions UNKNOWN = new RunConditions(
            new Load.Unknown("the run was not watched"),
            new Frequency.Unknown("the run was not watched"),
            OptionalDouble.empty(),
            "the run was not watched",
            OptionalLong.empty());

    /// Busy cores of the device.
    public sealed interface Load {
        /// Why it is not known, without a full stop.
        record Unknown(String why) implements Load {}

        /// Means over the run, in cores: of `cores`, those that the model kept busy, those that other programs did, and
        /// what the machine's host took for others.
        record Seen(int cores, double model, double others, double stolen) implements Load {}
    }

    /// The clock of the cores.
    public sealed interface Frequency {
        /// Why it is not known, without a full stop.
        record Unknown(String why) implements Frequency {}

        /// Of the fastest core at each of `samples` moments: medians of the first and the last third of them, and the
        /// highest.
        record Seen(Quantity atFirst, Quantity atLast, Quantity highest, int samples) implements Frequency {}
    }
}
