/// The two themes, the fonts, and the switch between them.
@NullMarked
package dev.lathe.app.theme;

import org.jspecify.annotations.NullMarked;
