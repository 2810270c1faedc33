package dev.lathe.profile.engine.ort;

import dev.lathe.profile.engine.KernelEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a device itself took for the nodes of a run. For a node on WebGPU the runtime's own event lasts only until the
/// work is handed over, some µs; the device's programs have events of their own, named `node&operator&program`, on a
/// clock that begins with the run.
final class DeviceTimes {
    /// The category of these events in the runtime's profile.
    static final String CATEGORY = "Api";

    private record Program(long startMicros, long micros) {}

    private final Map<String, List<Program>> byNode = new HashMap<>();

    void add(String name, long startMicros, long micros) {
        int program = name.lastIndexOf('&');
        int operator = program < 0 ? -1 : name.lastIndexOf('&', program - 1);
        if (operator > 0) {
            byNode.computeIfAbsent(name.substring(0, operator), n -> new ArrayList<>(1))
                    .add(new Program(startMicros, micros));
        }
    }

    /// The kernels with the device's times where it told them. A node that ran several times (in the body of a Loop)
    /// has all its programs in one list: they are dealt out to its runs in order, evenly.
    List<KernelEvent> onto(List<KernelEvent> kernels) {
        if (byNode.isEmpty()) {
            return kernels;
        }
        Map<String, Integer> runs = new HashMap<>();
        kernels.forEach(k -> runs.merge(k.node(), 1, Integer::sum));
        Map<String, Integer> seen = new HashMap<>();
        List<KernelEvent> told = new ArrayList<>(kernels.size());
        for (KernelEvent k : kernels) {
            List<Program> all = byNode.getOrDefault(k.node(), List.of());
            int of = runs.getOrDefault(k.node(), 1);
            int nth = seen.merge(k.node(), 1, Integer::sum) - 1;
            List<Program> own = all.subList(nth * all.size() / of, (nth + 1) * all.size() / of);
            told.add(own.isEmpty() ? k : k.onDevice(micros(own.getFirst().startMicros()), micros(sum(own))));
        }
        return told;
    }

    private static long sum(List<Program> programs) {
        return programs.stream().mapToLong(Program::micros).sum();
    }

    private static Duration micros(long n) {
        return Duration.ofNanos(1000 * n);
    }
}
