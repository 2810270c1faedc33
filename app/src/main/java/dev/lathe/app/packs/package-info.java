/// The dialog in which packs of engine libraries are added and removed.
@NullMarked
package dev.lathe.app.packs;

import org.jspecify.annotations.NullMarked;
