/// What the window offers to edit by hand: statements for what is selected, and the menu that lists them.
@NullMarked
package dev.lathe.app.edit;

import org.jspecify.annotations.NullMarked;
