package dev.lathe.graph.io.onnx;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.data.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/// The files beside a model that hold its tensors' bytes. Each is mapped once. A location that leaves the
/// model's folder is an attack (it would show or export somebody's private file) and is refused.
final class ExternalData {
    private final Path model;
    private final Map<String, MappedFile> files = new HashMap<>();

    ExternalData(Path model) {
        this.model = model;
    }

    /// The `needed` bytes of a tensor.
    ///
    /// @throws LatheException when the location is outside, missing, too short, or not of the tensor's length
    Weights find(String tensor, String location, long offset, OptionalLong stated, long needed) throws LatheException {
        MappedFile data = files.get(location);
        if (data == null) {
            data = map(tensor, location);
            files.put(location, data);
        }
        long size = data.bytes().byteSize();
        if (offset < 0 || offset > size || needed > size - offset) {
            throw error(
                    "external-data-too-short",
                    "ends at byte " + size + ", but tensor '" + tensor + "' needs bytes " + offset + " to "
                            + Bytes.sum(offset, needed) + " of it",
                    data.path());
        }
        if (stated.isPresent() && stated.getAsLong() != needed) {
            throw error(
                    "tensor-size-mismatch",
                    "tensor '" + tensor + "' takes " + stated.getAsLong() + " bytes at byte " + offset
                            + ", but its shape needs " + needed,
                    data.path());
        }
        return new Weights.Mapped(data.source(), offset, data.bytes().asSlice(offset, needed));
    }

    private MappedFile map(String tensor, String location) throws LatheException {
        Path folder = model.toAbsolutePath().normalize().getParent();
        String unix = location.replace('\\', '/');
        if (folder == null || unix.isEmpty() || unix.startsWith("/") || unix.matches("[A-Za-z]:.*")) {
            throw outside(tensor, location);
        }
        Path path;
        try {
            path = folder.resolve(unix).normalize();
        } catch (java.nio.file.InvalidPathException e) {
            throw outside(tensor, location);
        }
        if (!path.startsWith(folder)) {
            throw outside(tensor, location);
        }
        try {
            if (!Files.exists(path)) {
                throw missing(tensor, location);
            }
            if (!isInside(path.toRealPath(), folder)) {
                throw outside(tensor, location);
            }
            if (!Files.isRegularFile(path)) {
                throw missing(tensor, location);
            }
            return MappedFile.of(path);
        } catch (IOException e) {
            throw new LatheException(
                    Diagnostic.error(
                            "external-data-missing",
                            "tensor '" + tensor + "' lies in '" + location + "', which cannot be read ("
                                    + Bytes.reason(e) + ")",
                            Place.file(model)),
                    e);
        }
    }

    /// Below the model's folder, or below that of the file which the model is a link to: download caches keep a model
    /// and its data side by side and hand out links to both.
    private boolean isInside(Path data, Path folder) throws IOException {
        Path ofTheFile = model.toRealPath().getParent();
        return data.startsWith(folder.toRealPath()) || ofTheFile != null && data.startsWith(ofTheFile);
    }

    private LatheException outside(String tensor, String location) {
        return new LatheException(Diagnostic.error(
                        "external-data-outside",
                        "tensor '" + tensor + "' points to '" + location
                                + "', outside the model's folder; that file was not opened",
                        Place.file(model))
                .withRemedy("If you trust the model, put its data file beside it and name it without a folder."));
    }

    private LatheException missing(String tensor, String location) {
        return new LatheException(Diagnostic.error(
                        "external-data-missing",
                        "tensor '" + tensor + "' lies in '" + location + "', which is not beside the model",
                        Place.file(model))
                .withRemedy("Put '" + location + "' into the folder of the model and open it again."));
    }

    private static LatheException error(String code, String message, Path file) {
        return new LatheException(Diagnostic.error(code, message, Place.file(file)));
    }
}
