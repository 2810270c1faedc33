/// Native packs: the engine's libraries for other devices than the CPU, obtained, checked, unpacked, removed.
@NullMarked
package dev.lathe.profile.pack;

import org.jspecify.annotations.NullMarked;
