/// The outline pane: the model's blocks as a tree with their costs.
@NullMarked
package dev.lathe.app.outline;

import org.jspecify.annotations.NullMarked;
