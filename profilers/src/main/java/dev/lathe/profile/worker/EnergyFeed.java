package dev.lathe.profile.worker;

import dev.lathe.graph.target.DeviceKind;
import dev.lathe.profile.EnergyUse;
import dev.lathe.profile.energy.EnergyCounter;
import dev.lathe.profile.worker.wire.Energy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// What a worker says of energy, and which of it is the model's: a model on the processor leaves the graphics cards
/// idle, and what they take is none of its. Confined to one thread.
final class EnergyFeed {
    /// Counters advance about every ms, those of cards every 100 ms: over less than this they tell little.
    private static final Duration LEAST = Duration.ofMillis(300);

    private final DeviceKind device;
    private final Supplier<Set<String>> cards;
    private Energy latest = Energy.getDefaultInstance();

    /// @param cards those that the model was seen on
    EnergyFeed(DeviceKind device, Supplier<Set<String>> cards) {
        this.device = device;
        this.cards = cards;
    }

    void accept(Energy energy) {
        if (energy.getPartsCount() > 0 || energy.getNotReadableCount() > 0) {
            latest = energy;
        }
    }

    EnergyUse use() {
        List<EnergyCounter> parts = latest.getPartsList().stream()
                .map(p -> new EnergyCounter(EnergyCounter.Kind.valueOf(p.getKind()), p.getPart(), p.getJoules()))
                .filter(p -> p.kind() != EnergyCounter.Kind.CARD
                        || device == DeviceKind.GPU && cards.get().contains(p.part()))
                .toList();
        if (parts.isEmpty()) {
            List<String> why = new ArrayList<>(latest.getNotReadableList());
            if (latest.getPartsCount() > 0) {
                why.add("the run was seen on none of the cards that count their energy");
            }
            return why.isEmpty() ? EnergyUse.NOT_WATCHED : new EnergyUse.NotReadable(why);
        }
        if (latest.getRuns() == 0 || latest.getNanos() < LEAST.toNanos()) {
            return new EnergyUse.NotReadable(List.of("the run was over in less than " + LEAST.toMillis() + " ms"));
        }
        return new EnergyUse.Measured(parts, latest.getRuns(), Duration.ofNanos(latest.getNanos()));
    }
}
