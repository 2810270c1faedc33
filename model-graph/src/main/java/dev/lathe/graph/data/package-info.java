/// Tensor contents: mapped, on the heap, packed or splat; never copied until asked for.
@NullMarked
package dev.lathe.graph.data;

import org.jspecify.annotations.NullMarked;
