package dev.lathe.graph.analyze;

import dev.lathe.graph.Dim;

/// What one execution of a node costs by its definition (not measured). Every amount is a [Dim]: fixed,
/// symbolic in the model's dimensions, or unknown; an unknown amount is never 0.
///
/// `macs` multiply-accumulates; `flops` floating-point (or integer arithmetic) operations, a MAC counting 2;
/// `bytesRead` inputs and weights; `bytesWritten` outputs; `parameters` elements of constant inputs;
/// `parameterBytes` their bytes.
public record NodeCost(Dim macs, Dim flops, Dim bytesRead, Dim bytesWritten, Dim parameters, Dim parameterBytes) {
    public static NodeCost unknown() {
        Dim u = Dim.unknown();
        return new NodeCost(u, u, u, u, u, u);
    }
}
