package dev.lathe.app.start;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;

/// A model that comes with the program. Its licence lies beside it, in `samples/LICENCES.md`.
public record Sample(String file, String title, String task, String icon) {
    private static final String FOLDER = "/dev/lathe/assets/samples/";

    public static final List<Sample> ALL = List.of(
            new Sample("tinybert.onnx", "TinyBERT", "text encoder", "mdi2f-file-tree"),
            new Sample("yunet-face.onnx", "YuNet", "face detection", "mdi2i-image-outline"),
            new Sample("silero-vad.onnx", "Silero VAD", "speech detection", "mdi2m-microphone-outline"),
            new Sample("mnist-cnn.onnx", "MNIST CNN", "digit classification", "mdi2n-numeric"));

    /// The model as a file in `folder`: models are mapped, and a jar cannot be.
    public Path unpackTo(Path folder) {
        try (InputStream in = Objects.requireNonNull(Sample.class.getResourceAsStream(FOLDER + file), file)) {
            Files.createDirectories(folder);
            Path target = folder.resolve(file);
            if (!Files.exists(target) || Files.size(target) != bytes()) {
                Path next = Files.createTempFile(folder, "sample", ".tmp");
                Files.copy(in, next, StandardCopyOption.REPLACE_EXISTING);
                Files.move(next, target, StandardCopyOption.REPLACE_EXISTING);
            }
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long bytes() {
        URL url = Objects.requireNonNull(Sample.class.getResource(FOLDER + file), file);
        try {
            var connection = url.openConnection();
            connection.setUseCaches(false);
            try (InputStream unused = connection.getInputStream()) {
                return connection.getContentLengthLong();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
