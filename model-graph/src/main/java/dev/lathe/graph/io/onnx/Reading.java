package dev.lathe.graph.io.onnx;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.IdSpace;
import dev.lathe.graph.data.SourceFile;
import dev.lathe.graph.data.Weights;
import java.nio.file.Path;

/// What all readers of one file share: the file, the ids given out so far, the data files beside it, the job.
///
/// @param inFile whether what is read lies in the file itself, not in a copy of parts of it
/// @param oddContent room for content that does not fit its tensor, for all of the file
record Reading(
        SourceFile source,
        IdSpace ids,
        ExternalData external,
        JobContext context,
        boolean inFile,
        OddContent.Room oddContent) {

    /// As deep as protobuf's own readers go (100 messages, three of them per graph).
    static final int DEEPEST_SUBGRAPH = 32;

    static Reading of(SourceFile source, JobContext context) {
        return new Reading(
                source, new IdSpace(0, 0), new ExternalData(source.path()), context, true, new OddContent.Room());
    }

    Reading inMemory() {
        return new Reading(source, ids, external, context, false, oddContent);
    }

    /// The bytes at `span`, not copied.
    Weights content(WireReader r, WireReader.Span span) {
        return inFile ? new Weights.Mapped(source, span.offset(), r.view(span)) : new Weights.Heap(r.view(span));
    }

    Path file() {
        return source.path();
    }

    LatheException error(String code, String message, Place place) {
        return new LatheException(Diagnostic.error(code, message, place));
    }

    LatheException error(String code, String message, long offset) {
        return error(code, message, Place.file(file(), offset));
    }
}
