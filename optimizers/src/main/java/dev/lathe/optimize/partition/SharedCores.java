package dev.lathe.optimize.partition;

import dev.lathe.graph.target.Device;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Which stages of a pipeline run on which cores, and what that leaves of their speed: a core is busy for as
/// long as all the stages on it together. A device without cores counts as one.
final class SharedCores {
    private final List<List<Integer>> stagesOfCore;
    private final int stages;

    SharedCores(List<Device> devices) {
        Map<Object, List<Integer>> users = new LinkedHashMap<>();
        for (int s = 0; s < devices.size(); s++) {
            Device d = devices.get(s);
            List<?> parts = d.cores().isEmpty() ? List.of(d.id()) : d.cores();
            for (Object part : new TreeSet<>(parts)) {
                users.computeIfAbsent(part, k -> new ArrayList<>()).add(s);
            }
        }
        this.stagesOfCore = users.values().stream().distinct().toList();
        this.stages = devices.size();
    }

    /// Whether some core has more than one stage.
    boolean any() {
        return stagesOfCore.stream().anyMatch(l -> l.size() > 1);
    }

    /// How long the busiest core is busy with one request, of which each stage takes its part in `busy`.
    long busiest(long[] busy) {
        return stagesOfCore.stream()
                .mapToLong(l -> l.stream().mapToLong(s -> busy[s]).sum())
                .max()
                .orElse(0);
    }

    /// For each stage the others that have a core in common with it.
    List<List<Integer>> sharing() {
        List<List<Integer>> all = new ArrayList<>();
        for (int s = 0; s < stages; s++) {
            int self = s;
            all.add(stagesOfCore.stream()
                    .filter(l -> l.contains(self))
                    .flatMap(List::stream)
                    .filter(t -> t != self)
                    .distinct()
                    .sorted()
                    .toList());
        }
        return all;
    }
}
