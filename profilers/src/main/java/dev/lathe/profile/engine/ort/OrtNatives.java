package dev.lathe.profile.engine.ort;

import dev.lathe.profile.engine.CacheFolder;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;

/// The runtime's native libraries in a folder of our own, unpacked once per version: left to itself the
/// runtime unpacks 28 MB into the temporary folder at each start and leaves them there after a crash.
public final class OrtNatives {
    public static final String VERSION = "1.29.0";
    /// The Java property that names the folder with the libraries.
    public static final String PROPERTY = "onnxruntime.native.path";

    private OrtNatives() {}

    /// Folder with the libraries; must be called before the first class of the runtime that loads them.
    public static Path install() throws IOException {
        String given = System.getProperty(PROPERTY);
        if (given != null) {
            return Path.of(given);
        }
        Path folder = CacheFolder.ofThisUser().resolve("onnxruntime-" + VERSION + "-" + platform());
        for (String name : libraries()) {
            unpack("/ai/onnxruntime/native/" + platform() + "/" + name, folder.resolve(name));
        }
        System.setProperty(PROPERTY, folder.toString());
        return folder;
    }

    public static boolean shipped() {
        return OrtNatives.class.getResource("/ai/onnxruntime/native/" + platform() + "/"
                        + libraries().getFirst())
                != null;
    }

    /// The system and processor as the runtime's packages name them, e.g. `linux-x64`.
    public static String platform() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        String system = os.contains("win") ? "win" : os.contains("mac") ? "osx" : "linux";
        return system + (arch.equals("aarch64") || arch.equals("arm64") ? "-aarch64" : "-x64");
    }

    /// The folder that the libraries are loaded from, for messages.
    static String place() {
        return System.getProperty(PROPERTY, "its own folder");
    }

    /// The library between the runtime's own and Java, which a pack needs beside another build of the runtime.
    public static InputStream join() throws IOException {
        InputStream in =
                OrtNatives.class.getResourceAsStream("/ai/onnxruntime/native/" + platform() + "/" + joinName());
        if (in == null) {
            throw new IOException("this build has no ONNX Runtime library for " + platform());
        }
        return in;
    }

    public static String joinName() {
        return System.mapLibraryName("onnxruntime4j_jni");
    }

    private static List<String> libraries() {
        return List.of(System.mapLibraryName("onnxruntime"), joinName());
    }

    /// Two workers may start at once, so the file is written beside and moved into place whole.
    private static void unpack(String resource, Path target) throws IOException {
        URL url = OrtNatives.class.getResource(resource);
        if (url == null) {
            throw new IOException("this build has no ONNX Runtime library for " + platform());
        }
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false);
        if (Files.exists(target) && Files.size(target) == connection.getContentLengthLong()) {
            return;
        }
        Files.createDirectories(target.getParent());
        Path part = Files.createTempFile(target.getParent(), ".unpacking", ".part");
        try {
            try (InputStream in = connection.getInputStream()) {
                Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
