package dev.lathe.profile.engine;

import java.util.Collections;
import java.util.List;

/// How an engine's pool of threads shared the work of one kernel in a profiled run. The kernel split it in `loops`
/// parallel loops, 0 where it did all by itself; `joined` says of each thread in how many of them it took a part, the
/// thread that called the kernel first, which is in all of them.
public record ThreadUse(int loops, List<Integer> joined) {
    public ThreadUse {
        joined = List.copyOf(joined);
    }

    /// Of a kernel that its calling thread does alone.
    ///
    /// @param pool threads that there are
    public static ThreadUse alone(int pool) {
        List<Integer> joined = new java.util.ArrayList<>(Collections.nCopies(Math.max(1, pool), 0));
        joined.set(0, 1);
        return new ThreadUse(0, joined);
    }

    /// Threads that there are.
    public int pool() {
        return joined.size();
    }

    /// Threads that took part.
    public int used() {
        return Math.max(1, (int) joined.stream().filter(n -> n > 0).count());
    }
}
