package dev.lathe.profile.engine;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import java.nio.file.Path;

/// Opens models for running outside this process. The returned session's close also ends (or returns to the
/// pool) its worker; a worker that dies makes [Session#run] throw a [LatheException] that says so, and the
/// next open starts another.
public interface ModelRunner extends AutoCloseable {
    Session open(Path model, RunTarget target, SessionConfig config, JobContext context) throws LatheException;

    @Override
    void close();
}
