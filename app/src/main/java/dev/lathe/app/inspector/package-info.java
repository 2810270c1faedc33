/// The inspector pane: everything known about what is selected.
@NullMarked
package dev.lathe.app.inspector;

import org.jspecify.annotations.NullMarked;
