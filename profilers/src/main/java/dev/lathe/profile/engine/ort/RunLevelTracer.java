package dev.lathe.profile.engine.ort;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.lathe.core.LatheException;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.TracedRun;
import dev.lathe.profile.engine.Tracer;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.Map;

/// Profiles single runs of a session that otherwise runs at full speed.
final class RunLevelTracer implements Tracer {
    private final OrtModelSession session;
    private final RunProfiling profiling;

    RunLevelTracer(OrtModelSession session, RunProfiling profiling) {
        this.session = session;
        this.profiling = profiling;
    }

    @Override
    public TracedRun trace(Map<String, HostTensor> inputs) throws LatheException {
        return traceUnread(inputs).read();
    }

    /// The profile of a run that is never read goes with the worker's temporary folder.
    @Override
    public Unread traceUnread(Map<String, HostTensor> inputs) throws LatheException {
        try {
            TraceFolder folder = TraceFolder.create();
            boolean ran = false;
            try (OrtSession.RunOptions options = new OrtSession.RunOptions()) {
                profiling.enable(handle(options), folder.prefix());
                session.run(inputs, options);
                ran = true;
            } finally {
                if (!ran) {
                    folder.close();
                }
            }
            return () -> read(folder);
        } catch (OrtException e) {
            throw session.failed(e);
        } catch (IOException | ReflectiveOperationException e) {
            throw TraceFolder.failed(session.model(), e);
        }
    }

    private TracedRun read(TraceFolder folder) throws LatheException {
        try (folder) {
            return folder.read();
        } catch (IOException e) {
            throw TraceFolder.failed(session.model(), e);
        }
    }

    /// The Java class keeps the C handle to itself.
    private static long handle(OrtSession.RunOptions options) throws ReflectiveOperationException {
        Field field = OrtSession.RunOptions.class.getDeclaredField("nativeHandle");
        field.setAccessible(true);
        return field.getLong(options);
    }
}
