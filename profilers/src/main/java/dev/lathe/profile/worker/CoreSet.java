package dev.lathe.profile.worker;

import dev.lathe.profile.device.CoreBinding;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/// Binds this process's threads to processors, where that is possible: `sched_setaffinity(2)`. Threads that are made
/// later inherit it, so it is called on the main thread before an engine is loaded.
final class CoreSet {
    private static final int MASK_BYTES = 128;

    private CoreSet() {}

    /// @return whether the binding holds
    static boolean bind(List<Integer> cores) {
        if (cores.isEmpty() || !CoreBinding.isPossible()) {
            return false;
        }
        Linker linker = Linker.nativeLinker();
        var symbol = linker.defaultLookup().find("sched_setaffinity");
        if (symbol.isEmpty()) {
            return false;
        }
        var call = linker.downcallHandle(
                symbol.get(),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocate(MASK_BYTES);
            for (int core : cores) {
                if (core < 0 || core >= MASK_BYTES * 8) {
                    return false;
                }
                byte old = mask.get(ValueLayout.JAVA_BYTE, core / 8);
                mask.set(ValueLayout.JAVA_BYTE, core / 8, (byte) (old | 1 << core % 8));
            }
            return (int) call.invokeExact(0, (long) MASK_BYTES, mask) == 0;
        } catch (Throwable e) {
            return false;
        }
    }
}
