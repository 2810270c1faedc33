/// Reductions: one file per operator, listed in [ReduceOps].
@NullMarked
package dev.lathe.graph.op.reduce;

import org.jspecify.annotations.NullMarked;
