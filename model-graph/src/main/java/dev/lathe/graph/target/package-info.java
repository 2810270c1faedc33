/// Devices and placements as plain data.
@NullMarked
package dev.lathe.graph.target;

import org.jspecify.annotations.NullMarked;
