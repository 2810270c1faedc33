package dev.lathe.profile.engine;

import dev.lathe.graph.target.Device;

/// Where and how a model is to run: engine id, device, intra-op threads (≥ 1).
public record RunTarget(String engine, Device device, int threads) {}
