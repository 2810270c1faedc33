/// Pure functions from a graph to facts about it: types, costs, liveness.
@NullMarked
package dev.lathe.graph.analyze;

import org.jspecify.annotations.NullMarked;
