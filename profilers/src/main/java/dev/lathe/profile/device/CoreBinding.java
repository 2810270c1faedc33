package dev.lathe.profile.device;

/// Whether a process can be bound to some of the processor's cores here. Workers do it by `sched_setaffinity(2)`, which
/// Linux has; macOS has nothing like it, and on Windows they do not.
public final class CoreBinding {
    private CoreBinding() {}

    public static boolean isPossible() {
        return isPossible(System.getProperty("os.name", ""));
    }

    static boolean isPossible(String system) {
        return system.equals("Linux");
    }
}
