/// The Memory tab: when each tensor is alive, and what the engine's arena held.
@NullMarked
package dev.lathe.app.memory;

import org.jspecify.annotations.NullMarked;
