/// What rewrites have in common: walking nested graphs, reading constants, raising versions.
@NullMarked
package dev.lathe.optimize.rewrite;

import org.jspecify.annotations.NullMarked;
