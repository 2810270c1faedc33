/// Signal processing: one file per operator, listed in [SignalOps].
@NullMarked
package dev.lathe.graph.op.signal;

import org.jspecify.annotations.NullMarked;
