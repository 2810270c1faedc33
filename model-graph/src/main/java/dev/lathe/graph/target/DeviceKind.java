package dev.lathe.graph.target;

/// What sort of device it is. CPU_GROUP is a set of cores of the CPU treated as a device of its own.
public enum DeviceKind {
    CPU,
    CPU_GROUP,
    GPU,
    NPU,
    DESCRIBED
}
