package dev.lathe.profile;

import dev.lathe.profile.engine.KernelEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// Which kernels of a run stand on their own. The event of an If, Loop or Scan lasts as long as its body, and the
/// body's kernels have events too: who adds up all of them counts the body twice.
final class KernelNesting {
    private static final Set<String> WITH_BODY = Set.of("If", "Loop", "Scan");

    private KernelNesting() {}

    /// The kernels that run inside no other, in order of their start.
    ///
    /// @param onlyInBodies names that occur in bodies and nowhere else, which settles what times of whole µs leave
    ///     open
    static List<KernelEvent> outermost(List<KernelEvent> run, Set<String> onlyInBodies) {
        List<KernelEvent> sorted = new ArrayList<>(run);
        sorted.sort(Comparator.comparing(KernelEvent::start)
                .thenComparing(KernelEvent::duration, Comparator.reverseOrder()));
        List<KernelEvent> outer = new ArrayList<>();
        Duration bodyEnd = Duration.ZERO;
        for (KernelEvent e : sorted) {
            boolean inBody = e.start().compareTo(bodyEnd) < 0 && end(e).compareTo(bodyEnd) <= 0;
            if (inBody || onlyInBodies.contains(e.node())) {
                continue;
            }
            outer.add(e);
            if (WITH_BODY.contains(e.op())) {
                bodyEnd = end(e);
            }
        }
        return outer;
    }

    private static Duration end(KernelEvent e) {
        return e.start().plus(e.duration());
    }
}
