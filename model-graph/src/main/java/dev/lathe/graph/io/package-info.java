/// Formats in and out, found by content.
@NullMarked
package dev.lathe.graph.io;

import org.jspecify.annotations.NullMarked;
