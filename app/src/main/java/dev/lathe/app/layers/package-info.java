/// The Layers tab: every layer and what it costs, in a table that adds up.
@NullMarked
package dev.lathe.app.layers;

import org.jspecify.annotations.NullMarked;
