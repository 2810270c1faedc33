package dev.lathe.profile.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// How logical processors form groups that count as devices of their own: one group per physical core (its
/// hardware threads stay together), on large machines neighbouring cores together so that there are at most
/// eight groups.
final class CoreGroups {
    static final int MOST = 8;

    private CoreGroups() {}

    /// One logical processor: its number and the physical core that it belongs to.
    record Logical(int number, int core) {}

    /// The groups, each a sorted list of logical processor numbers. Only processors in `allowed` count, unless
    /// it is empty.
    static List<List<Integer>> of(List<Logical> processors, Set<Integer> allowed) {
        Map<Integer, List<Integer>> byCore = new TreeMap<>();
        for (Logical p : processors) {
            if (allowed.isEmpty() || allowed.contains(p.number())) {
                byCore.computeIfAbsent(p.core(), c -> new ArrayList<>()).add(p.number());
            }
        }
        List<List<Integer>> cores = List.copyOf(byCore.values());
        int count = Math.min(MOST, cores.size());
        List<List<Integer>> groups = new ArrayList<>();
        for (int g = 0; g < count; g++) {
            int from = g * cores.size() / count;
            int to = (g + 1) * cores.size() / count;
            groups.add(cores.subList(from, to).stream()
                    .flatMap(List::stream)
                    .sorted()
                    .toList());
        }
        return groups;
    }
}
