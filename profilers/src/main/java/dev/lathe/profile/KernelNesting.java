package dev.lathe.profile;

import dev.lathe.profile.engine.KernelEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/// Which kernels of a run ran inside which. The event of an If, Loop or Scan lasts as long as its body, that of a
/// search of ONNX Runtime's own as long as all steps of its decoder, and the kernels of these graphs have events
/// too: who adds up all of them counts them twice.
public final class KernelNesting {
    /// Operators whose events last as long as those of the graphs that they run.
    public static final Set<String> WITH_BODY =
            Set.of("If", "Loop", "Scan", "BeamSearch", "WhisperBeamSearch", "GreedySearch", "Sampling");

    private KernelNesting() {}

    /// A kernel with those that ran inside it, in the order in which they ended.
    record Nested(KernelEvent kernel, List<Nested> inside) {
        Nested {
            inside = List.copyOf(inside);
        }
    }

    /// The kernels that run inside no other.
    ///
    /// @param ended kernels in the order in which they ended: a body's end before the node that runs it,
    ///     which settles what times of whole µs leave open
    static List<Nested> of(List<KernelEvent> ended) {
        Deque<Nested> open = new ArrayDeque<>();
        for (KernelEvent e : ended) {
            Deque<Nested> inside = new ArrayDeque<>();
            while (WITH_BODY.contains(e.op())
                    && !open.isEmpty()
                    && open.getLast().kernel().start().compareTo(e.start()) >= 0) {
                inside.addFirst(open.removeLast());
            }
            open.addLast(new Nested(e, new ArrayList<>(inside)));
        }
        return new ArrayList<>(open);
    }
}
