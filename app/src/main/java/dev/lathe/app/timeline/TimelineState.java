package dev.lathe.app.timeline;

import dev.lathe.core.Diagnostic;
import java.nio.file.Path;
import java.util.Optional;

/// What the Timeline tab shows.
///
/// @param timeline of the newest profiled run of the shown variant, or of `file`
/// @param file the trace file that is shown in place of the run
/// @param trouble why a file could not be shown
public record TimelineState(
        boolean hasModel, Optional<Timeline> timeline, Optional<Path> file, Optional<Diagnostic> trouble) {
    static final TimelineState EMPTY = new TimelineState(false, Optional.empty(), Optional.empty(), Optional.empty());
}
