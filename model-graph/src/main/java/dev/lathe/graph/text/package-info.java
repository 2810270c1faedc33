/// Graphs as text that people read and tests compare: printed and parsed back.
@NullMarked
package dev.lathe.graph.text;

import org.jspecify.annotations.NullMarked;
