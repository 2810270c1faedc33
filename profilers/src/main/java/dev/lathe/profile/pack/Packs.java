package dev.lathe.profile.pack;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.FileReason;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.profile.engine.Availability;
import dev.lathe.profile.engine.DataFolder;
import dev.lathe.profile.engine.ExecutionProvider;
import dev.lathe.profile.engine.djl.PyTorchNatives;
import dev.lathe.profile.engine.ort.OrtNatives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The packs in a folder, one folder for each, and what could be added. A pack is there whole or not at all
/// ([PackFolders]).
///
/// `platform` is what a usable pack must be for, `runtimeVersion` what one of ONNX Runtime must hold.
public record Packs(Path folder, String platform, String runtimeVersion, List<PackSource> known) {
    public Packs {
        known = List.copyOf(known);
    }

    public static Packs ofThisUser() {
        return new Packs(DataFolder.packs(), OrtNatives.platform(), OrtNatives.VERSION, KnownPacks.all());
    }

    /// What is a part of Lathe, then what is known, then what else lies there.
    public List<PackStatus> list() {
        folders().clearLeftovers();
        List<PackStatus> all = new ArrayList<>();
        all.add(new PackStatus(
                "cpu",
                "CPU",
                PackRuntime.ONNX_RUNTIME,
                List.of(),
                new Availability.Ready(runtimeVersion + ", built in"),
                Optional.empty(),
                Optional.empty(),
                false));
        known.forEach(source -> all.add(status(source)));
        for (Path other : folders().all()) {
            String id = other.getFileName().toString();
            if (all.stream().noneMatch(s -> s.id().equals(id))) {
                all.add(unknown(id, other));
            }
        }
        return all;
    }

    /// Whether any pack, here or to be had, brings this provider to this system.
    public boolean exists(ExecutionProvider provider) {
        return offer(provider).isPresent() || usable(provider).isPresent();
    }

    private Optional<PackSource> offer(ExecutionProvider provider) {
        return known.stream()
                .filter(s -> s.on(platform)
                        .filter(c -> c.providers().contains(provider))
                        .isPresent())
                .findFirst();
    }

    /// Whether this provider's library is here, as [#list] would say it of its pack.
    public Availability availability(ExecutionProvider provider) {
        return usable(provider)
                .<Availability>map(p -> new Availability.Ready(p.manifest().id() + " pack"))
                .orElseGet(() ->
                        offer(provider).map(s -> status(s).availability()).orElseGet(() -> noneFor(provider.title())));
    }

    /// The pack to start a worker with.
    ///
    /// @throws LatheException when there is none that can be used: why, and what helps
    public Pack ready(ExecutionProvider provider) throws LatheException {
        Optional<Pack> pack = usable(provider);
        if (pack.isPresent()) {
            return pack.get();
        }
        if (!(availability(provider) instanceof Availability.Missing(String reason, String remedy))) {
            return ready(provider); // added this very moment
        }
        throw new LatheException(
                Diagnostic.error("no-pack", provider.title() + " cannot be used: " + reason, Place.nowhere())
                        .withRemedy(remedy));
    }

    /// The pack of this name, to start a worker with.
    ///
    /// @throws LatheException when it cannot be used: why, and what helps
    public Pack ready(String id) throws LatheException {
        PackStatus status = status(source(id));
        if (status.availability() instanceof Availability.Missing(String reason, String remedy)) {
            throw new LatheException(Diagnostic.error(
                            "no-pack", status.runtime().title() + " cannot be used: " + reason, Place.nowhere())
                    .withRemedy(remedy));
        }
        return status.pack().orElseThrow();
    }

    private Optional<Pack> usable(ExecutionProvider provider) {
        for (Path f : folders().all()) {
            try {
                Pack pack = new Pack(f, PackManifest.read(f));
                if (pack.manifest().providers().contains(provider)
                        && availability(pack) instanceof Availability.Ready) {
                    return Optional.of(pack);
                }
            } catch (IOException e) {
                // The list of packs says what is wrong with it; another pack may have the provider, too.
            }
        }
        return Optional.empty();
    }

    /// What the pack of this name is made of.
    ///
    /// @throws LatheException when there is no such pack
    public PackSource source(String id) throws LatheException {
        return known.stream()
                .filter(s -> s.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new LatheException(Diagnostic.error(
                        "no-such-pack",
                        "there is no pack '" + id + "' to add; there is "
                                + String.join(
                                        ", ", known.stream().map(PackSource::id).toList())
                                + ".",
                        new Place.AtOption("NAME"))));
    }

    PackStatus status(PackSource source) {
        Path there = folder.resolve(source.id());
        if (Files.isDirectory(there)) {
            return installed(source.id(), source.title(), there, Optional.of(source));
        }
        Optional<PackContents> contents = source.on(platform);
        return new PackStatus(
                source.id(),
                source.title(),
                source.runtime(),
                contents.map(PackContents::providers).orElse(List.of()),
                contents.isEmpty()
                        ? noneFor(source)
                        : new Availability.Missing(
                                "pack " + source.id() + " is not added.", "Add it: lathe packs add " + source.id()),
                Optional.empty(),
                Optional.of(source),
                contents.isPresent());
    }

    private PackStatus unknown(String id, Path there) {
        return installed(id, id, there, Optional.empty());
    }

    private PackStatus installed(String id, String title, Path there, Optional<PackSource> source) {
        boolean offered = source.flatMap(s -> s.on(platform)).isPresent();
        try {
            Pack pack = new Pack(there, PackManifest.read(there));
            PackManifest m = pack.manifest();
            return new PackStatus(
                    id, title, m.runtime(), m.providers(), availability(pack), Optional.of(pack), source, offered);
        } catch (IOException e) {
            Availability damaged = new Availability.Missing(
                    "the pack in " + there + " is damaged: " + FileReason.of(e) + ".", again(id));
            PackRuntime runtime = source.map(PackSource::runtime).orElse(PackRuntime.ONNX_RUNTIME);
            return new PackStatus(id, title, runtime, List.of(), damaged, Optional.empty(), source, offered);
        }
    }

    private Availability availability(Pack pack) {
        PackManifest m = pack.manifest();
        String wanted = wanted(m.runtime());
        if (!m.runtimeVersion().equals(wanted)) {
            return new Availability.Missing(
                    "pack " + m.id() + " holds " + m.runtime().title() + " " + m.runtimeVersion()
                            + ", and this Lathe runs " + wanted + ".",
                    again(m.id()));
        }
        if (!m.platform().equals(platform)) {
            return new Availability.Missing(
                    "pack " + m.id() + " is for " + m.platform() + ", and this is " + platform + ".", again(m.id()));
        }
        for (Map.Entry<String, PackManifest.PackedFile> e : m.files().entrySet()) {
            Path file = pack.folder().resolve(e.getKey());
            if (!hasSize(file, e.getValue().bytes())) {
                return new Availability.Missing(
                        "the pack is damaged: " + file + " is gone or was changed.", again(m.id()));
            }
        }
        return new Availability.Ready(m.runtimeVersion());
    }

    private String wanted(PackRuntime runtime) {
        return switch (runtime) {
            case ONNX_RUNTIME -> runtimeVersion;
            case PYTORCH -> PyTorchNatives.VERSION;
        };
    }

    private static boolean hasSize(Path file, long bytes) {
        try {
            return Files.isRegularFile(file) && Files.size(file) == bytes;
        } catch (IOException e) {
            return false;
        }
    }

    private String again(String id) {
        return known.stream().anyMatch(s -> s.id().equals(id))
                ? "Add it again: lathe packs add " + id
                : "Remove it: lathe packs remove " + id;
    }

    private Availability.Missing noneFor(PackSource source) {
        return source.runtime() == PackRuntime.ONNX_RUNTIME
                ? noneFor(source.id())
                : new Availability.Missing(
                        "there is no pack " + source.id() + " for this system (" + platform + ").",
                        "Export the model to ONNX, which runs here.");
    }

    private Availability.Missing noneFor(String what) {
        return new Availability.Missing(
                "ONNX Runtime " + runtimeVersion + " has no " + what + " for " + platform + ".", "Use the CPU.");
    }

    private PackFolders folders() {
        return new PackFolders(folder);
    }

    /// A folder to fill before it gets its name.
    Path newFolder() throws IOException {
        return folders().fresh();
    }

    /// Gives a filled folder the name of its pack, in place of the one that was there.
    Pack put(Path filled, PackManifest manifest) throws IOException {
        return new Pack(folders().put(filled, manifest.id()), manifest);
    }

    /// @throws LatheException when there is none of this name, or it cannot be removed
    public void remove(String id) throws LatheException {
        folders().clearLeftovers();
        if (folders().all().stream().noneMatch(f -> name(f).equals(id))) {
            boolean builtIn = id.equals("cpu");
            throw new LatheException(Diagnostic.error(
                    "no-such-pack",
                    builtIn
                            ? "the CPU's libraries are a part of Lathe, and cannot be removed."
                            : "there is no pack '" + id + "' to remove.",
                    Place.nowhere()));
        }
        try {
            folders().remove(id);
        } catch (IOException e) {
            throw new LatheException(
                    Diagnostic.error(
                                    FileReason.codeOfWriting(e),
                                    "pack " + id + " cannot be removed: " + FileReason.of(e) + ".",
                                    Place.file(folder.resolve(id)))
                            .withRemedy("End the runs that use it."),
                    e);
        }
    }

    private static String name(Path p) {
        return String.valueOf(p.getFileName());
    }
}
