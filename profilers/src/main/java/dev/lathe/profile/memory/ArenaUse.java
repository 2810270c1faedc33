package dev.lathe.profile.memory;

import dev.lathe.profile.engine.KernelEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What the engine's arena held for the tensors of a run, measured in a session's first run: from the second run of the
/// same sizes on, the engine reserves one block for all tensors ahead, and the arena tells nothing about them.
///
/// Bytes are those that were asked for, above `before`, which is weights and what else the session keeps. `all` is the
/// most that the arena had given out when a kernel ended, with these and with what it adds: it rounds up to 256
/// bytes, and gives away whole a free piece that is less than twice as large. What a kernel asks for and returns before
/// it ends is in none of these: that is a workspace.
///
/// @param steps at the end of each kernel, in the order in which they began
/// @param peak the most of the steps
/// @param workspace the most that a kernel took and gave back again of those that raised the arena's highest mark,
/// which
///     is all that the arena tells of it; empty where the mark was set when the model was loaded
public record ArenaUse(List<Step> steps, long before, long peak, long all, OptionalLong workspace) {
    /// What tensors held when this kernel ended, in bytes.
    public record Step(String kernel, String op, long bytes) {}

    public ArenaUse {
        steps = List.copyOf(steps);
    }

    /// Empty where the engine does not tell, and where kernels ran on several devices: each has an arena of its own.
    public static Optional<ArenaUse> of(List<KernelEvent> firstRun) {
        List<KernelEvent> events = firstRun.stream()
                .sorted(Comparator.comparing(KernelEvent::start))
                .toList();
        boolean told = !events.isEmpty()
                && events.stream().allMatch(k -> k.askedBytes() >= 0)
                && events.stream().map(KernelEvent::provider).distinct().count() == 1;
        if (!told) {
            return Optional.empty();
        }
        // A kernel that runs a body began before it and ends after it.
        KernelEvent first = firstRun.getFirst();
        long before = Math.max(0, first.askedBytes() - first.askedGrowth());
        List<Step> steps = new ArrayList<>();
        long peak = 0;
        long all = 0;
        for (KernelEvent k : events) {
            long bytes = Math.max(0, k.askedBytes() - before);
            steps.add(new Step(k.node(), k.op(), bytes));
            peak = Math.max(peak, bytes);
            all = Math.max(all, k.arenaInUseBytes());
        }
        return peak == 0 ? Optional.empty() : Optional.of(new ArenaUse(steps, before, peak, all, workspace(firstRun)));
    }

    /// What a kernel finds and makes is still held when it ends, so what the mark rose above that it has given back.
    private static OptionalLong workspace(List<KernelEvent> ended) {
        long mark = ended.getFirst().arenaPeakBytes();
        long most = mark == ended.getFirst().arenaInUseBytes() ? 0 : -1;
        for (KernelEvent k : ended) {
            if (k.arenaPeakBytes() > mark) {
                mark = k.arenaPeakBytes();
                most = Math.max(most, mark - k.arenaInUseBytes());
            }
        }
        return most < 0 ? OptionalLong.empty() : OptionalLong.of(most);
    }
}
