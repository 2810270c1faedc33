/// The Timeline tab: what ran when, by device and thread, of a profiled run or of a trace file.
@NullMarked
package dev.lathe.app.timeline;

import org.jspecify.annotations.NullMarked;
