/// Weights and arithmetic in half precision.
@NullMarked
package dev.lathe.optimize.compress.fp16;

import org.jspecify.annotations.NullMarked;
