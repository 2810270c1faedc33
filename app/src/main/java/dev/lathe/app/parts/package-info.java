/// Small pieces that several panes are put together from: empty states, sections, cost strips, colours for drawing.
@NullMarked
package dev.lathe.app.parts;

import org.jspecify.annotations.NullMarked;
