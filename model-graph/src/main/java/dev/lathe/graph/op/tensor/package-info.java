/// Shapes and data movement: one file per operator, listed in [TensorOps].
@NullMarked
package dev.lathe.graph.op.tensor;

import org.jspecify.annotations.NullMarked;
