/// Control flow and sequences: one file per operator, listed in [ControlOps].
@NullMarked
package dev.lathe.graph.op.control;

import org.jspecify.annotations.NullMarked;
