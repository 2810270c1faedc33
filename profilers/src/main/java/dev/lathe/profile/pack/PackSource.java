package dev.lathe.profile.pack;

import java.util.Map;
import java.util.Optional;

/// A published package that a pack can be made of: of which client's registry, its name and version there, its size and
/// SHA-256, and what it holds for which platform (`linux-x64`, …).
///
/// `id` is what the command line calls the pack, `title` what people read. The version is the runtime's own.
/// `classifier` is what Maven tells packages of one name and version apart by, empty for most.
public record PackSource(
        String id,
        String title,
        PackRuntime runtime,
        Client client,
        String name,
        String classifier,
        String version,
        long bytes,
        String sha256,
        Map<String, PackContents> platforms) {
    public PackSource {
        platforms = Map.copyOf(platforms);
    }

    /// Of ONNX Runtime.
    public PackSource(
            String id,
            String title,
            Client client,
            String name,
            String version,
            long bytes,
            String sha256,
            Map<String, PackContents> platforms) {
        this(id, title, PackRuntime.ONNX_RUNTIME, client, name, "", version, bytes, sha256, platforms);
    }

    /// The ordinary program that gets packages of a kind.
    public enum Client {
        NPM,
        MAVEN
    }

    public Optional<PackContents> on(String platform) {
        return Optional.ofNullable(platforms.get(platform));
    }

    /// What the client calls it, e.g. `onnxruntime-node@1.29.0`.
    public String coordinates() {
        return switch (client) {
            case NPM -> name + "@" + version;
            case MAVEN -> name + ":" + version + (classifier.isEmpty() ? "" : ":jar:" + classifier);
        };
    }

    /// The name without the group that it belongs to.
    public String shortName() {
        return name.substring(name.lastIndexOf(':') + 1);
    }
}
