/// What joins the panes to the window's store: which part of the project each one shows, and what a click in it does.
@NullMarked
package dev.lathe.app.panes;

import org.jspecify.annotations.NullMarked;
