/// The jobs pane: progress, cancel, what ended.
@NullMarked
package dev.lathe.app.jobs;

import org.jspecify.annotations.NullMarked;
