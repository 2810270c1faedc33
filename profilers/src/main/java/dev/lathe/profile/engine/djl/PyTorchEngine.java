package dev.lathe.profile.engine.djl;

import ai.djl.MalformedModelException;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import dev.lathe.core.Diagnostic;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.profile.engine.Availability;
import dev.lathe.profile.engine.ExecutionEngine;
import dev.lathe.profile.engine.Session;
import dev.lathe.profile.engine.SessionConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// PyTorch as DJL drives it, for TorchScript files. Such a file says nothing of its inputs, so a session states none:
/// they are called as [#input] says, in the order in which the program takes them.
///
/// PyTorch keeps its numbers of threads for the whole process, so a worker opens one model.
public final class PyTorchEngine implements ExecutionEngine {
    /// `builtins.ValueError: not a size`
    private static final Pattern RAISED = Pattern.compile("(?:\\w+\\.)*(\\w*(?:Error|Exception)): (.*)");

    /// `File "code/__torch__/net.py", line 12, in forward`
    private static final Pattern PLACE = Pattern.compile("File \"(.+?)\", line (\\d+), in ");

    public static final String ID = "djl-pytorch";
    private static final String NAME = "PyTorch";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String title() {
        return "PyTorch through DJL";
    }

    @Override
    public Availability availability() {
        return PyTorchNatives.folder().isPresent()
                ? new Availability.Ready("PyTorch " + PyTorchNatives.VERSION + ", TorchScript files")
                : new Availability.Missing(
                        "pack " + PyTorchNatives.PACK + " is not added.",
                        "Add it: lathe packs add " + PyTorchNatives.PACK);
    }

    /// What the input at this place is called, counted from 0.
    public static String input(int place) {
        return "input" + place;
    }

    @Override
    public Session open(Path model, SessionConfig config) throws LatheException {
        TorchScriptArchive.check(model);
        PyTorchNatives.folder().ifPresent(f -> System.setProperty(PyTorchNatives.PROPERTY, f.toString()));
        ai.djl.Model opened = null;
        try {
            opened = ai.djl.Model.newInstance("lathe", NAME);
            JniUtils.setNumThreads(config.threads());
            // What runs in other branches at the same time shares these cores.
            JniUtils.setNumInteropThreads(1);
            opened.load(model.toAbsolutePath(), null, Map.of());
            return new PyTorchSession(opened, model, config);
        } catch (IOException | MalformedModelException | EngineException e) {
            if (opened != null) {
                opened.close();
            }
            throw new LatheException(
                    Diagnostic.error("engine-refused", "PyTorch cannot open it: " + words(e), Place.file(model)), e);
        }
    }

    /// PyTorch says in the middle of two programs' stacks what went wrong, or in the first line.
    static String words(Throwable e) {
        List<String> lines = DjlOnnxRuntimeEngine.words(e)
                .lines()
                .map(String::strip)
                .filter(l -> !l.isEmpty())
                .toList();
        return raised(lines).orElse(lines.isEmpty() ? e.getClass().getSimpleName() : lines.getFirst());
    }

    /// What a program raised, and the innermost place in its text.
    private static Optional<String> raised(List<String> lines) {
        Optional<String> what = lines.stream()
                .map(RAISED::matcher)
                .filter(Matcher::matches)
                .map(m -> (m.group(1).equals("RuntimeError") ? "" : m.group(1) + ": ") + m.group(2))
                .reduce((before, last) -> last);
        Optional<String> where = lines.stream()
                .map(PLACE::matcher)
                .filter(Matcher::find)
                .map(m -> " (line " + m.group(2) + " of " + m.group(1) + ")")
                .reduce((before, last) -> last);
        return what.map(w -> w + where.orElse(""));
    }
}
