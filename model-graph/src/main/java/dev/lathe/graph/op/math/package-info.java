/// Elementwise arithmetic and logic: one file per operator, listed in [MathOps].
@NullMarked
package dev.lathe.graph.op.math;

import org.jspecify.annotations.NullMarked;
