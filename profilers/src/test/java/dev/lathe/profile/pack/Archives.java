package dev.lathe.profile.pack;

import dev.lathe.core.JobContext;
import dev.lathe.profile.engine.ExecutionProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/// Small packages as registries hand them out, and the packs that are made of them.
final class Archives {
    static final String PLATFORM = "linux-x64";
    static final String LIBRARY = "package/bin/libonnxruntime.so.1";

    private Archives() {}

    static String packageJson(String version) {
        return "{\"name\": \"onnxruntime-node\", \"version\": \"" + version + "\"}";
    }

    static Path tgz(Path file, Map<String, String> entries) throws IOException {
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(file)))) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Map.Entry<String, String> e : entries.entrySet()) {
                byte[] content = e.getValue().getBytes(StandardCharsets.UTF_8);
                TarArchiveEntry entry = new TarArchiveEntry(e.getKey(), true);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        return file;
    }

    static Path jar(Path file, Map<String, String> entries) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, String> e : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(e.getKey()));
                zip.write(e.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return file;
    }

    /// Made of this very file.
    static PackSource source(Path archive) throws IOException {
        return source(Sha256.of(archive, JobContext.quiet()));
    }

    static PackSource source(String sha256) {
        return new PackSource(
                "webgpu",
                "WebGPU",
                PackSource.Client.NPM,
                "onnxruntime-node",
                "1.29.0",
                1000,
                sha256,
                Map.of(
                        PLATFORM,
                        new PackContents(
                                List.of(ExecutionProvider.WEBGPU), Map.of(LIBRARY, "libonnxruntime.so"), false)));
    }

    static Packs packs(Path folder, PackSource... known) {
        return new Packs(folder, PLATFORM, "1.29.0", List.of(known));
    }
}
