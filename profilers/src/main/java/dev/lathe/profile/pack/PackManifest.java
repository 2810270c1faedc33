package dev.lathe.profile.pack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lathe.profile.engine.ExecutionProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a pack says of itself, in a file beside its libraries: of which version of which runtime and which platform
/// they are, which providers they bring, which package they came from (`origin`, and its SHA-256), and each file's
/// size and SHA-256.
public record PackManifest(
        String id,
        String title,
        PackRuntime runtime,
        String runtimeVersion,
        String platform,
        List<ExecutionProvider> providers,
        String origin,
        String sourceSha256,
        Map<String, PackedFile> files) {
    static final String FILE = "pack.json";
    private static final int FORMAT = 1;

    public PackManifest {
        providers = List.copyOf(providers);
        files = Map.copyOf(files);
    }

    /// One library of the pack.
    public record PackedFile(long bytes, String sha256) {}

    public long bytes() {
        return files.values().stream().mapToLong(PackedFile::bytes).sum();
    }

    /// @throws IOException when it cannot be read, or is not as it was written
    static PackManifest read(Path folder) throws IOException {
        JsonNode root = new ObjectMapper().readTree(Files.readString(folder.resolve(FILE)));
        if (root.path("format").asInt() != FORMAT) {
            throw new IOException("its list of contents is not one of this version of Lathe");
        }
        List<ExecutionProvider> providers = new ArrayList<>();
        for (JsonNode p : root.path("providers")) {
            ExecutionProvider.of(p.asText()).ifPresent(providers::add);
        }
        Map<String, PackedFile> files = new TreeMap<>();
        for (Map.Entry<String, JsonNode> e : root.path("files").properties()) {
            files.put(
                    e.getKey(),
                    new PackedFile(
                            e.getValue().path("bytes").asLong(),
                            e.getValue().path("sha256").asText()));
        }
        return new PackManifest(
                text(root, "id"),
                text(root, "title"),
                root.has("runtime") ? PackRuntime.of(text(root, "runtime")) : PackRuntime.ONNX_RUNTIME,
                text(root, "runtimeVersion"),
                text(root, "platform"),
                providers,
                text(root, "origin"),
                text(root, "sourceSha256"),
                files);
    }

    void write(Path folder) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("format", FORMAT);
        root.put("id", id);
        root.put("title", title);
        root.put("runtime", runtime.id());
        root.put("runtimeVersion", runtimeVersion);
        root.put("platform", platform);
        providers.forEach(p -> root.withArray("providers").add(p.id()));
        root.put("origin", origin);
        root.put("sourceSha256", sourceSha256);
        ObjectNode all = root.putObject("files");
        new TreeMap<>(files)
                .forEach(
                        (name, f) -> all.putObject(name).put("bytes", f.bytes()).put("sha256", f.sha256()));
        Files.writeString(
                folder.resolve(FILE), mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
    }

    private static String text(JsonNode root, String key) throws IOException {
        JsonNode value = root.path(key);
        if (!value.isTextual()) {
            throw new IOException("its list of contents lacks '" + key + "'");
        }
        return value.asText();
    }
}
