package dev.lathe.graph.io.onnx;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobCancelledException;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.data.SourceFile;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;

/// Maps a protobuf file and walks it; what goes wrong on the way becomes an error that names the place.
final class MappedWalk {
    private MappedWalk() {}

    /// What is read from the top of the file's message.
    interface Reader<T> {
        T read(SourceFile file, WireReader message) throws WireFault, LatheException;
    }

    static <T> T of(Path file, JobContext context, Reader<T> reader) throws LatheException {
        try {
            MappedFile mapped = MappedFile.of(file);
            context.checkCancelled();
            return reader.read(mapped.source(), WireReader.of(mapped.bytes()));
        } catch (WireFault f) {
            if (f.isTruncated()) {
                throw new Truncation(file, f, 0).toException();
            }
            String inside = f.inside().isEmpty() ? "" : ", inside " + f.inside();
            throw new LatheException(
                    Diagnostic.error("model-malformed", f.words() + inside, Place.file(file, f.offset())));
        } catch (InternalError e) {
            // How the JVM reports a page of a mapping that is no longer there.
            throw new LatheException(
                    Diagnostic.error("file-changed", "the file became shorter while it was read", Place.file(file)), e);
        } catch (ClosedByInterruptException e) {
            throw new JobCancelledException();
        } catch (IOException e) {
            throw new LatheException(
                    Diagnostic.error(
                            "cannot-read", "the file cannot be read (" + Bytes.reason(e) + ")", Place.file(file)),
                    e);
        }
    }
}
