/// Files dragged from another program into the real window, on a real X server.
@NullMarked
package dev.lathe.app.drop;

import org.jspecify.annotations.NullMarked;
