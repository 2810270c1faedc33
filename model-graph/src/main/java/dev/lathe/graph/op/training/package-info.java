/// Operators of training steps: one file per operator, listed in [TrainingOps].
@NullMarked
package dev.lathe.graph.op.training;

import org.jspecify.annotations.NullMarked;
