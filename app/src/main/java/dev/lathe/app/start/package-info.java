/// The start page: drop zone, this machine, samples, recent files.
@NullMarked
package dev.lathe.app.start;

import org.jspecify.annotations.NullMarked;
