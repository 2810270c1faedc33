/// Quantization: one file per operator, listed in [QuantOps].
@NullMarked
package dev.lathe.graph.op.quant;

import org.jspecify.annotations.NullMarked;
