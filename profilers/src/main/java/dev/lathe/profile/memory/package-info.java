/// Memory of a run: what the engine's arena measured, and what its planner makes of the graph that it runs.
@NullMarked
package dev.lathe.profile.memory;

import org.jspecify.annotations.NullMarked;
