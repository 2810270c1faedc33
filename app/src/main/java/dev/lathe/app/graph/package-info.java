/// The graph canvas: blocks of a graph, their layout, and the view that draws them.
@NullMarked
package dev.lathe.app.graph;

import org.jspecify.annotations.NullMarked;
