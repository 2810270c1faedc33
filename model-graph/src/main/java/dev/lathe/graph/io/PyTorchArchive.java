package dev.lathe.graph.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// What PyTorch writes into files, told apart by the names inside. Only a [#SCRIPT] holds a program that runs without
/// Python.
public enum PyTorchArchive {
    SCRIPT(
            "a TorchScript program of PyTorch",
            "Lathe runs and measures it, operator by operator, without showing its graph:"
                    + " lathe run FILE --engine djl-pytorch --input 'float32[1,3,224,224]'."
                    + " To see and to optimize it, export it to ONNX."),
    EXPORTED(
            "an exported program of PyTorch (.pt2), which only PyTorch for Python runs",
            "Export it to ONNX, or save it in Python with torch.jit.trace(…).save(…)."),
    WEIGHTS(
            "weights that PyTorch saved without the program that uses them",
            "Load them into the model in Python and export that to ONNX, or save it with"
                    + " torch.jit.script(…).save(…).");

    private final String words;
    private final String remedy;

    PyTorchArchive(String words, String remedy) {
        this.words = words;
        this.remedy = remedy;
    }

    /// For "it seems to be …".
    public String words() {
        return words;
    }

    public String remedy() {
        return remedy;
    }

    /// Whether a file begins as all of these do.
    ///
    /// @throws IOException when it cannot be read
    public static boolean isArchive(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.read() == 'P' && in.read() == 'K';
        }
    }

    /// Empty for every other file.
    ///
    /// @throws IOException when it cannot be read
    public static Optional<PyTorchArchive> of(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            List<String> names = zip.stream().map(ZipEntry::getName).toList();
            if (any(names, "constants\\.pkl") && any(names, "code/.*\\.py")) {
                return Optional.of(SCRIPT);
            }
            if (any(names, "models/.*\\.json|serialized_exported_program\\.json")) {
                return Optional.of(EXPORTED);
            }
            return any(names, "data\\.pkl") ? Optional.of(WEIGHTS) : Optional.empty();
        } catch (ZipException e) {
            return Optional.empty();
        }
    }

    /// Everything lies in one folder, whose name is the file's when it was saved.
    private static boolean any(List<String> names, String inside) {
        return names.stream().anyMatch(n -> n.matches("[^/]*/(" + inside + ")"));
    }
}
