package dev.lathe.profile;

import dev.lathe.core.Quantity;
import dev.lathe.core.Unit;
import dev.lathe.profile.energy.EnergyCounter;
import java.time.Duration;
import java.util.List;

/// Energy that the machine took while a model ran in a loop.
public sealed interface EnergyUse {

    /// Of a run that nobody watched.
    EnergyUse NOT_WATCHED = new NotReadable(List.of("the run was not watched"));

    /// Nothing here tells.
    ///
    /// @param why one reason for each source, without full stops
    record NotReadable(List<String> why) implements EnergyUse {
        public NotReadable {
            why = List.copyOf(why);
        }
    }

    /// Counted over `runs` runs, the profiled ones too, that took `over` in all. It is what the parts took, whoever
    /// used them: other programs, and what an idle machine takes, are in it.
    record Measured(List<EnergyCounter> parts, long runs, Duration over) implements EnergyUse {
        public Measured {
            parts = List.copyOf(parts);
        }

        private double joules() {
            return parts.stream().mapToDouble(EnergyCounter::joules).sum();
        }

        /// Of all parts, in joules.
        public Quantity perRun() {
            return Quantity.of(joules() / runs, Unit.JOULE);
        }

        /// Of all parts, the mean over the loop, in watts.
        public Quantity power() {
            return Quantity.of(joules() * 1e9 / over.toNanos(), Unit.WATT);
        }
    }
}
