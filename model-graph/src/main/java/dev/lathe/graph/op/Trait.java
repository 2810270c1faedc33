package dev.lathe.graph.op;

/// Something true of every use of an operator, on which analyses and passes rely.
public enum Trait {
    /// Each output element depends on the input elements at its own (broadcast) place only.
    ELEMENTWISE,
    /// The first output has the content of the first input in the same order: no data needs to move.
    VIEW,
    /// The first output may be written over an input of the same size that nobody reads afterwards.
    IN_PLACE,
    /// Only reads element positions and copies: no arithmetic.
    DATA_MOVEMENT,
    /// Two runs with the same inputs may differ.
    RANDOM,
    /// Runs graphs that it holds as attributes.
    CONTROL_FLOW,
    /// May be computed ahead of time when its inputs are constant.
    CONSTANT_FOLDABLE,
    /// Takes quantized integers together with their scales.
    QUANTIZED
}
