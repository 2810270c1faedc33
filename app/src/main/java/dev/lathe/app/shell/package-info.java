/// The frame of the window: where panes, tabs, toasts and the status bar have their place.
@NullMarked
package dev.lathe.app.shell;

import org.jspecify.annotations.NullMarked;
