package dev.lathe.profile.energy;

import dev.lathe.profile.engine.Availability;
import dev.lathe.profile.nvml.NvidiaCard;
import dev.lathe.profile.nvml.Nvml;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Energy of NVIDIA cards, from the counters that their driver keeps.
public final class NvidiaEnergy implements EnergySource {
    private final Opening opening;
    private Optional<Nvml> library = Optional.empty();
    private Optional<String> trouble = Optional.empty();
    private final List<Card> cards = new ArrayList<>();

    /// How the library is found; tests put one of their own here.
    interface Opening {
        Nvml open() throws Nvml.Refused;
    }

    private record Card(String part, MemorySegment handle, long first) {}

    public NvidiaEnergy() {
        this(Nvml::open);
    }

    NvidiaEnergy(Opening opening) {
        this.opening = opening;
    }

    @Override
    public String id() {
        return "nvml";
    }

    @Override
    public Availability availability() {
        open();
        if (trouble.isPresent()) {
            return new Availability.Missing(
                    trouble.get(), "With an NVIDIA card of 2017 or newer and its driver, its energy is read.");
        }
        return new Availability.Ready("energy of " + cards.size() + (cards.size() == 1 ? " card" : " cards"));
    }

    private void open() {
        if (library.isPresent() || trouble.isPresent()) {
            return;
        }
        try {
            Nvml nvml = opening.open();
            library = Optional.of(nvml);
            for (int i = 0; i < nvml.count(); i++) {
                MemorySegment handle = nvml.card(i);
                OptionalLong first = nvml.millijoules(handle);
                if (first.isPresent()) {
                    cards.add(new Card(NvidiaCard.part(i, nvml.name(handle)), handle, first.getAsLong()));
                }
            }
            if (cards.isEmpty()) {
                trouble = Optional.of("no NVIDIA card here counts its energy");
            }
        } catch (Nvml.Refused e) {
            trouble = Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public List<EnergyCounter> read() {
        open();
        List<EnergyCounter> counters = new ArrayList<>();
        if (library.isPresent()) {
            for (Card c : cards) {
                library.get()
                        .millijoules(c.handle())
                        .ifPresent(now -> counters.add(
                                new EnergyCounter(EnergyCounter.Kind.CARD, c.part(), (now - c.first()) / 1e3)));
            }
        }
        return counters;
    }

    @Override
    public void close() {
        library.ifPresent(Nvml::close);
        library = Optional.empty();
        cards.clear();
    }
}
