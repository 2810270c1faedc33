/// Operators that the standard had as experiments before version 10: one file per operator, listed in [EarlyOps].
@NullMarked
package dev.lathe.graph.op.early;

import org.jspecify.annotations.NullMarked;
