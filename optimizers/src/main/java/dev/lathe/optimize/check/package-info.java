/// Whether an optimized model still computes the same.
@NullMarked
package dev.lathe.optimize.check;

import org.jspecify.annotations.NullMarked;
