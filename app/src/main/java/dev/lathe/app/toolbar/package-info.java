/// The toolbar, the commands behind it, and the palette that finds them.
@NullMarked
package dev.lathe.app.toolbar;

import org.jspecify.annotations.NullMarked;
