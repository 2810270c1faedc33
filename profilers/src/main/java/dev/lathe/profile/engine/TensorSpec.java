package dev.lathe.profile.engine;

import dev.lathe.graph.ValueType;

/// An input or output of an opened model, as the engine states it.
public record TensorSpec(String name, ValueType type) {}
