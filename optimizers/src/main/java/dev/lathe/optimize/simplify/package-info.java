/// Rewrites that leave every output as it is: less to compute, nothing to lose.
@NullMarked
package dev.lathe.optimize.simplify;

import org.jspecify.annotations.NullMarked;
