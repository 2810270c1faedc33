/// The Compare tab: two variants side by side, layer by layer, and all variants by size and speed.
@NullMarked
package dev.lathe.app.compare;

import org.jspecify.annotations.NullMarked;
