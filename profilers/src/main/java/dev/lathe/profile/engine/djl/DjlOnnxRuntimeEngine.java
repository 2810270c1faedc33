package dev.lathe.profile.engine.djl;

import ai.djl.MalformedModelException;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Model;
import dev.lathe.graph.io.Formats;
import dev.lathe.profile.engine.Availability;
import dev.lathe.profile.engine.ExecutionEngine;
import dev.lathe.profile.engine.Session;
import dev.lathe.profile.engine.SessionConfig;
import dev.lathe.profile.engine.ort.OrtEngine;
import dev.lathe.profile.engine.ort.OrtNatives;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/// ONNX Runtime as DJL drives it: the same native library and session options as the raw engine, through DJL's
/// model, predictor and arrays. It shows what a program that uses DJL gets; profiling is hidden by DJL.
public final class DjlOnnxRuntimeEngine implements ExecutionEngine {
    private static final String NAME = "OnnxRuntime";

    @Override
    public String id() {
        return "djl-onnxruntime";
    }

    @Override
    public String title() {
        return "ONNX Runtime through DJL";
    }

    /// Asks for names only: an engine object would load the native library into this process.
    @Override
    public Availability availability() {
        if (!OrtNatives.shipped()) {
            return new Availability.Missing(
                    "this build has no ONNX Runtime library for this system.",
                    "Install a build of Lathe for this system.");
        }
        return Engine.getAllEngines().contains(NAME)
                ? new Availability.Ready("DJL " + Engine.getDjlVersion() + ", ONNX Runtime " + OrtNatives.VERSION)
                : new Availability.Missing(
                        "DJL does not find its ONNX Runtime engine.", "Install Lathe again: a library is missing.");
    }

    @Override
    public Session open(Path model, SessionConfig config) throws LatheException {
        // DJL has no way to ask a session for its inputs' element types; the file tells.
        Model described = Formats.open(model, JobContext.quiet());
        ai.djl.Model opened = null;
        try {
            Path unused = OrtNatives.install();
            OrtSession.SessionOptions options = OrtEngine.options(config);
            opened = ai.djl.Model.newInstance("lathe", NAME);
            opened.load(model.toAbsolutePath(), null, Map.of("sessionOptions", options));
            return new DjlSession(opened, options, described, model);
        } catch (IOException | MalformedModelException | EngineException | OrtException e) {
            if (opened != null) {
                opened.close();
            }
            throw new LatheException(
                    Diagnostic.error("engine-refused", "DJL cannot open the model: " + words(e), Place.file(model)), e);
        }
    }

    /// The innermost cause: DJL wraps what the runtime says in sentences of its own.
    static String words(Throwable e) {
        Throwable at = e;
        while (at.getCause() != null && at.getCause() != at) {
            at = at.getCause();
        }
        String message = at.getMessage();
        return message == null ? at.getClass().getSimpleName() : message.strip();
    }
}
