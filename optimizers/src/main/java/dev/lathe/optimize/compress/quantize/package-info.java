/// Weights and arithmetic in integers.
@NullMarked
package dev.lathe.optimize.compress.quantize;

import org.jspecify.annotations.NullMarked;
