package dev.lathe.profile.pack;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.FileReason;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/// Makes a pack of a package: checks that it is the very one that was published, unpacks what this machine needs of it
/// beside the other packs, and gives it its name only when it is whole. Whatever ends it before leaves nothing.
public final class PackInstaller {
    private static final int BLOCK = 1 << 20;
    /// Shares of the whole work in what progress tells.
    private static final double OBTAINED = 0.4;

    private static final double CHECKED = 0.25;

    private final Packs packs;
    private final PackageClients clients;

    public PackInstaller(Packs packs) {
        this(packs, PackageClients.ofThisMachine());
    }

    PackInstaller(Packs packs, PackageClients clients) {
        this.packs = packs;
        this.clients = clients;
    }

    /// Gets the package with its ordinary client, by whatever registry that is set up for, and adds it.
    public Pack obtain(PackSource source, JobContext job) throws LatheException {
        contents(source);
        Path folder = newFolder();
        try {
            Path archive = clients.get(source, folder, job);
            return add(source, archive, job.part(OBTAINED, 1));
        } finally {
            clear(folder);
        }
    }

    /// Adds a package that the user has as a file, which stays as it is.
    public Pack add(PackSource source, Path archive, JobContext job) throws LatheException {
        PackContents contents = contents(source);
        PackArchive opened = PackArchive.of(archive);
        check(source, opened, job.part(0, CHECKED));
        Path folder = newFolder();
        try {
            Unpacking unpacking = new Unpacking(contents, source.runtime(), folder, job.part(CHECKED, 1));
            unpacking.unpack(opened);
            PackManifest manifest = new PackManifest(
                    source.id(),
                    source.title(),
                    source.runtime(),
                    source.version(),
                    packs.platform(),
                    contents.providers(),
                    source.coordinates(),
                    source.sha256(),
                    unpacking.files);
            job.checkCancelled();
            try {
                manifest.write(folder);
                return packs.put(folder, manifest);
            } catch (IOException e) {
                throw unwritten(e);
            }
        } finally {
            clear(folder);
        }
    }

    private PackContents contents(PackSource source) throws LatheException {
        return source.on(packs.platform())
                .orElseThrow(() -> new LatheException(Diagnostic.error(
                        "pack-not-for-here",
                        "there is no pack " + source.id() + " for this system (" + packs.platform() + ").",
                        Place.nowhere())));
    }

    private static void check(PackSource source, PackArchive archive, JobContext job) throws LatheException {
        String sum;
        try {
            sum = Sha256.of(archive.file(), job);
        } catch (IOException e) {
            throw new LatheException(
                    Diagnostic.error(
                            "cannot-read", "it cannot be read: " + FileReason.of(e) + ".", Place.file(archive.file())),
                    e);
        }
        if (!sum.equals(source.sha256())) {
            throw PackTroubles.anotherPackage(source, archive, sum);
        }
    }

    private Path newFolder() throws LatheException {
        try {
            return packs.newFolder();
        } catch (IOException e) {
            throw unwritten(e);
        }
    }

    private LatheException unwritten(IOException e) {
        return PackTroubles.unwritten(packs.folder(), e);
    }

    /// What cannot be cleared now is by the next look at the packs.
    private static void clear(Path folder) {
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            folder.toFile().deleteOnExit();
        }
    }

    /// The files of one pack on their way into its folder.
    private final class Unpacking {
        private final PackContents contents;
        private final PackRuntime runtime;
        private final Path folder;
        private final JobContext job;
        private final Map<String, PackManifest.PackedFile> files = new LinkedHashMap<>();

        Unpacking(PackContents contents, PackRuntime runtime, Path folder, JobContext job) {
            this.contents = contents;
            this.runtime = runtime;
            this.folder = folder;
            this.job = job;
        }

        void unpack(PackArchive archive) throws LatheException {
            try {
                long size = Math.max(1, Files.size(archive.file()));
                archive.visit(this::file, n -> {
                    job.checkCancelled();
                    job.progress(Math.min(1, n / (double) size), "unpacking");
                });
            } catch (IOException e) {
                throw new LatheException(
                        Diagnostic.error(
                                "pack-damaged",
                                "it cannot be unpacked: " + FileReason.of(e) + ".",
                                Place.file(archive.file())),
                        e);
            }
            TreeSet<String> missing = new TreeSet<>(contents.files().values());
            missing.removeAll(files.keySet());
            if (!missing.isEmpty()) {
                throw new LatheException(Diagnostic.error(
                        "pack-incomplete", "it lacks " + String.join(", ", missing) + ".", Place.file(archive.file())));
            }
            if (contents.needsJoin()) {
                join();
            }
        }

        private void file(String name, InputStream content) throws IOException, LatheException {
            String target = contents.files().get(name);
            if (target != null) {
                write(target, content);
            }
        }

        /// The library between the runtime and Java, of the same version, is in the jar that Lathe runs with.
        private void join() throws LatheException {
            try (InputStream in = runtime.join()) {
                write(runtime.joinName(), in);
            } catch (IOException e) {
                throw unwritten(e);
            }
        }

        private void write(String target, InputStream content) throws IOException, LatheException {
            MessageDigest digest = Sha256.digest();
            byte[] block = new byte[BLOCK];
            long bytes = 0;
            try (FileChannel out = open(target)) {
                for (int n = content.read(block); n >= 0; n = content.read(block)) {
                    job.checkCancelled();
                    digest.update(block, 0, n);
                    bytes += n;
                    put(out, ByteBuffer.wrap(block, 0, n));
                }
                force(out);
            }
            files.put(target, new PackManifest.PackedFile(bytes, Sha256.text(digest)));
        }

        // Told apart from trouble with reading: a full disk is not the package's fault.

        private FileChannel open(String target) throws LatheException {
            try {
                return FileChannel.open(
                        folder.resolve(target), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            } catch (IOException e) {
                throw unwritten(e);
            }
        }

        private void put(FileChannel out, ByteBuffer block) throws LatheException {
            try {
                while (block.hasRemaining()) {
                    out.write(block);
                }
            } catch (IOException e) {
                throw unwritten(e);
            }
        }

        private void force(FileChannel out) throws LatheException {
            try {
                out.force(false);
            } catch (IOException e) {
                throw unwritten(e);
            }
        }
    }
}
