/// The same commands without a window: one class per command.
@NullMarked
package dev.lathe.cli;

import org.jspecify.annotations.NullMarked;
