/// Operators of other domains: one file per operator, listed in [CustomOps].
@NullMarked
package dev.lathe.graph.op.custom;

import org.jspecify.annotations.NullMarked;
