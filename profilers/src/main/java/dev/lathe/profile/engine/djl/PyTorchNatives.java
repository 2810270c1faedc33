package dev.lathe.profile.engine.djl;

import dev.lathe.profile.engine.DataFolder;
import dev.lathe.profile.engine.ort.OrtNatives;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// PyTorch's native libraries, which come as a pack; the one between them and Java is a part of Lathe.
public final class PyTorchNatives {
    public static final String VERSION = "2.7.1";
    /// The pack's name, and its folder's among the packs.
    public static final String PACK = "pytorch";
    /// The Java property that names the folder with the libraries.
    public static final String PROPERTY = "PYTORCH_LIBRARY_PATH";

    private PyTorchNatives() {}

    /// The folder that this process was started with, else this user's pack, where it holds the library.
    static Optional<Path> folder() {
        return Optional.ofNullable(System.getProperty(PROPERTY))
                .map(Path::of)
                .or(() -> Optional.of(DataFolder.packs().resolve(PACK)))
                .filter(f -> Files.isRegularFile(f.resolve(System.mapLibraryName("torch"))));
    }

    /// The library between PyTorch and Java, which the pack needs beside PyTorch's own.
    public static InputStream join() throws IOException {
        InputStream in = PyTorchNatives.class.getResourceAsStream("/jnilib/" + platform() + "/cpu/" + joinName());
        if (in == null) {
            throw new IOException("this build has no PyTorch library for " + platform());
        }
        return in;
    }

    public static String joinName() {
        return System.mapLibraryName("djl_torch");
    }

    /// As DJL names it, e.g. `linux-x86_64`.
    private static String platform() {
        return OrtNatives.platform().replace("-x64", "-x86_64");
    }
}
