package dev.lathe.profile.energy;

import dev.lathe.profile.engine.Availability;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/// All counters of energy that can be read here, from one moment on.
public final class EnergyMeter implements AutoCloseable {
    private final List<EnergySource> sources;
    private final List<String> unreadable = new ArrayList<>();
    private final Map<String, Double> start = new LinkedHashMap<>();

    /// Every registered source.
    public static EnergyMeter open() {
        return new EnergyMeter(ServiceLoader.load(EnergySource.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList());
    }

    /// For where nobody asks.
    public static EnergyMeter none() {
        return new EnergyMeter(List.of());
    }

    EnergyMeter(List<EnergySource> all) {
        List<EnergySource> readable = new ArrayList<>();
        for (EnergySource s : all) {
            switch (s.availability()) {
                case Availability.Ready ready -> readable.add(s);
                case Availability.Missing(String reason, String remedy) -> {
                    unreadable.add(reason);
                    s.close();
                }
            }
        }
        sources = List.copyOf(readable);
    }

    /// Counts from now on.
    public synchronized void start() {
        start.clear();
        read().forEach(c -> start.put(c.part(), c.joules()));
    }

    /// What was taken since the start, by part.
    public synchronized List<EnergyCounter> sinceStart() {
        return read().stream()
                .filter(c -> start.containsKey(c.part()))
                .map(c -> new EnergyCounter(c.kind(), c.part(), c.joules() - start.getOrDefault(c.part(), 0.0)))
                .toList();
    }

    private List<EnergyCounter> read() {
        return sources.stream().flatMap(s -> s.read().stream()).toList();
    }

    /// Why each of the other sources is not read, without full stops.
    public List<String> unreadable() {
        return List.copyOf(unreadable);
    }

    @Override
    public synchronized void close() {
        sources.forEach(EnergySource::close);
    }
}
