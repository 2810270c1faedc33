/// Neural network layers: one file per operator, listed in [NnOps].
@NullMarked
package dev.lathe.graph.op.nn;

import org.jspecify.annotations.NullMarked;
