package dev.lathe.profile.engine.djl;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.FileReason;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.io.PyTorchArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Whether a file is TorchScript, which is all that PyTorch runs here.
public final class TorchScriptArchive {
    private TorchScriptArchive() {}

    /// @throws LatheException when it is something else: what, and what helps
    public static void check(Path file) throws LatheException {
        if (!Files.isRegularFile(file)) {
            throw new LatheException(Diagnostic.error("file-missing", "there is no such file", Place.file(file))
                    .withRemedy("Check the name."));
        }
        Optional<PyTorchArchive> kind;
        try {
            kind = PyTorchArchive.of(file);
        } catch (IOException e) {
            throw new LatheException(
                    Diagnostic.error("cannot-read", "it cannot be read: " + FileReason.of(e) + ".", Place.file(file)),
                    e);
        }
        if (kind.isEmpty()) {
            throw refused(
                    file,
                    "it is no TorchScript file, and engine " + PyTorchEngine.ID + " runs nothing else.",
                    "Run ONNX models with engine onnxruntime.");
        }
        if (kind.get() != PyTorchArchive.SCRIPT) {
            throw refused(
                    file,
                    "it is " + kind.get().words() + "; engine " + PyTorchEngine.ID + " runs TorchScript files.",
                    kind.get().remedy());
        }
    }

    private static LatheException refused(Path file, String message, String remedy) {
        return new LatheException(
                Diagnostic.error("engine-refused", message, Place.file(file)).withRemedy(remedy));
    }
}
