package dev.lathe.profile.device.sample;

import dev.lathe.core.Quantity;
import dev.lathe.core.Unit;
import dev.lathe.profile.RunConditions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import oshi.hardware.CentralProcessor;
import oshi.hardware.CentralProcessor.TickType;

/// Watches the machine while a model runs, and says afterwards in what conditions that was. Confined to one thread.
public final class ConditionsWatch {
    /// A system's clock tick is 10 ms: over less than this, loads are guesses.
    private static final Duration LEAST = Duration.ofMillis(200);

    /// Three to begin with, three to end with: fewer are no course.
    private static final int LEAST_SAMPLES = 6;

    /// A run of hours keeps every second sample, then every fourth, ….
    private static final int MOST_SAMPLES = 4096;

    private final List<Integer> cores;
    private final CpuFrequencySampler frequency;
    private final HeldBackSampler held;
    private final CentralProcessor processor;
    private final List<Double> hertz = new ArrayList<>();
    private int every = 1;
    private int skipped;
    private Optional<Reading> first = Optional.empty();
    private Optional<Reading> last = Optional.empty();

    /// Everything that only counts upwards, at one moment.
    private record Reading(
            long at, long[][] ticks, long modelNanos, Map<Path, Double> heldNanos, OptionalLong tooHot) {}

    /// @param cores logical processors that the model may use; empty for all
    public ConditionsWatch(List<Integer> cores) {
        this(cores, new CpuFrequencySampler(), new HeldBackSampler());
    }

    ConditionsWatch(List<Integer> cores, CpuFrequencySampler frequency, HeldBackSampler held) {
        this.cores = List.copyOf(cores);
        this.frequency = frequency;
        this.held = held;
        this.processor = Oshi.open().getHardware().getProcessor();
    }

    /// To be called a few times a second while the model runs, warm-up over.
    ///
    /// @param modelNanos processor time that the model's process has used so far
    public void look(long modelNanos) {
        Reading now = new Reading(
                System.nanoTime(),
                processor.getProcessorCpuLoadTicks(),
                modelNanos,
                held.nanosByGroup(),
                held.tooHot());
        if (first.isEmpty()) {
            first = Optional.of(now);
        }
        last = Optional.of(now);
        if (++skipped >= every) {
            skipped = 0;
            Collection<Double> each = frequency.perCore(which(now.ticks.length)).values();
            each.stream().mapToDouble(h -> h).max().ifPresent(hertz::add);
            if (hertz.size() >= MOST_SAMPLES) {
                thin();
            }
        }
    }

    private void thin() {
        List<Double> kept = new ArrayList<>();
        for (int i = 0; i < hertz.size(); i += 2) {
            kept.add(hertz.get(i));
        }
        hertz.clear();
        hertz.addAll(kept);
        every *= 2;
    }

    public RunConditions conditions() {
        if (first.isEmpty() || last.isEmpty() || last.get().at - first.get().at < LEAST.toNanos()) {
            String why = "the run was over in less than " + LEAST.toMillis() + " ms";
            return new RunConditions(
                    new RunConditions.Load.Unknown(why),
                    new RunConditions.Frequency.Unknown(why),
                    OptionalDouble.empty(),
                    why,
                    OptionalLong.empty());
        }
        Reading from = first.get();
        Reading to = last.get();
        double nanos = to.at - from.at;
        OptionalDouble heldBack = to.heldNanos.entrySet().stream()
                .filter(e -> from.heldNanos.containsKey(e.getKey()))
                .mapToDouble(e -> e.getValue() - from.heldNanos.getOrDefault(e.getKey(), 0.0))
                .max();
        return new RunConditions(
                load(from, to, nanos),
                frequency(),
                heldBack.isPresent()
                        ? OptionalDouble.of(Math.max(0, heldBack.getAsDouble()) / nanos)
                        : OptionalDouble.empty(),
                heldBack.isPresent() ? "" : "no container counts it",
                from.tooHot.isPresent() && to.tooHot.isPresent()
                        ? OptionalLong.of(Math.max(0, to.tooHot.getAsLong() - from.tooHot.getAsLong()))
                        : OptionalLong.empty());
    }

    private RunConditions.Load load(Reading from, Reading to, double nanos) {
        if (to.modelNanos <= 0 || to.ticks.length != from.ticks.length || to.ticks.length == 0) {
            return new RunConditions.Load.Unknown("this system does not tell how busy its processors are");
        }
        List<Integer> which = which(to.ticks.length);
        double busy = 0;
        double stolen = 0;
        for (int core : which) {
            double all = 0;
            for (TickType t : TickType.values()) {
                all += since(from, to, core, t);
            }
            if (all <= 0) {
                return new RunConditions.Load.Unknown("the system's clock did not tick");
            }
            double idle = since(from, to, core, TickType.IDLE) + since(from, to, core, TickType.IOWAIT);
            double taken = since(from, to, core, TickType.STEAL);
            busy += (all - idle - taken) / all;
            stolen += taken / all;
        }
        double model = (to.modelNanos - from.modelNanos) / nanos;
        return new RunConditions.Load.Seen(which.size(), model, Math.max(0, busy - model), stolen);
    }

    private static long since(Reading from, Reading to, int core, TickType type) {
        return Math.max(0, to.ticks[core][type.getIndex()] - from.ticks[core][type.getIndex()]);
    }

    private List<Integer> which(int there) {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < there; i++) {
            if (cores.isEmpty() || cores.contains(i)) {
                all.add(i);
            }
        }
        return all;
    }

    private RunConditions.Frequency frequency() {
        if (hertz.isEmpty()) {
            return new RunConditions.Frequency.Unknown("this system does not tell the processor's frequency");
        }
        if (hertz.size() < LEAST_SAMPLES) {
            return new RunConditions.Frequency.Unknown(
                    "the run was over after " + hertz.size() + " samples of the frequency: run longer");
        }
        if (hertz.stream().distinct().count() == 1) {
            return new RunConditions.Frequency.Unknown("the system tells one fixed frequency, as virtual machines do");
        }
        int third = hertz.size() / 3;
        return new RunConditions.Frequency.Seen(
                median(hertz.subList(0, third)),
                median(hertz.subList(hertz.size() - third, hertz.size())),
                Quantity.of(hertz.stream().mapToDouble(h -> h).max().orElse(0), Unit.HERTZ),
                hertz.size());
    }

    private static Quantity median(List<Double> of) {
        List<Double> sorted = of.stream().sorted().toList();
        return Quantity.of(sorted.get(sorted.size() / 2), Unit.HERTZ);
    }
}
