package dev.lathe.profile.pack;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.FileReason;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// A package as a file: npm's are tar.gz, Maven's are jars (zip). What it is, its first bytes say.
record PackArchive(Path file, Kind kind) {

    enum Kind {
        TAR_GZ,
        ZIP
    }

    /// Is shown each file of the archive, in its order; what it does not read is skipped.
    interface Visitor {
        void file(String name, InputStream content) throws IOException, LatheException;
    }

    /// @throws LatheException when it cannot be read, or is no archive of the two kinds
    static PackArchive of(Path file) throws LatheException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] first = in.readNBytes(2);
            if (first.length == 2 && first[0] == 0x1f && (first[1] & 0xff) == 0x8b) {
                return new PackArchive(file, Kind.TAR_GZ);
            }
            if (first.length == 2 && first[0] == 'P' && first[1] == 'K') {
                return new PackArchive(file, Kind.ZIP);
            }
        } catch (IOException e) {
            throw new LatheException(
                    Diagnostic.error("cannot-read", "it cannot be read: " + FileReason.of(e) + ".", Place.file(file)),
                    e);
        }
        throw new LatheException(
                Diagnostic.error("not-an-archive", "it is no package: neither a .tgz nor a .jar.", Place.file(file)));
    }

    /// @param bytesRead told how far the archive's own bytes have been read, now and then
    /// @throws IOException when the archive breaks off or is damaged
    /// @throws LatheException when it names files outside itself, or the visitor throws it
    void visit(Visitor visitor, LongConsumer bytesRead) throws IOException, LatheException {
        switch (kind) {
            case TAR_GZ -> visitTar(visitor, bytesRead);
            case ZIP -> visitZip(visitor, bytesRead);
        }
    }

    private void visitTar(Visitor visitor, LongConsumer bytesRead) throws IOException, LatheException {
        try (InputStream raw = new CountingInput(Files.newInputStream(file), bytesRead);
                TarArchiveInputStream tar = new TarArchiveInputStream(
                        new GZIPInputStream(new BufferedInputStream(raw, 1 << 16), 1 << 16))) {
            for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
                checkInside(e.getName());
                if (e.isSymbolicLink() || e.isLink()) {
                    checkInside(e.getLinkName());
                } else if (e.isFile()) {
                    visitor.file(e.getName(), tar);
                }
            }
        } catch (IllegalArgumentException e) {
            // What the reader throws at headers that make no sense.
            throw new IOException(e.getMessage(), e);
        }
    }

    private void visitZip(Visitor visitor, LongConsumer bytesRead) throws IOException, LatheException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            long done = 0;
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry e = entries.nextElement();
                checkInside(e.getName());
                if (!e.isDirectory()) {
                    long before = done;
                    long packed = Math.max(0, e.getCompressedSize());
                    double ratio = e.getSize() > 0 ? packed / (double) e.getSize() : 0;
                    try (InputStream in = new CountingInput(
                            zip.getInputStream(e), n -> bytesRead.accept(before + (long) (ratio * n)))) {
                        visitor.file(e.getName(), in);
                    }
                    done += packed;
                }
            }
        }
    }

    /// A package is data: where its files go is not its to say.
    private void checkInside(String name) throws LatheException {
        String path = name.replace('\\', '/');
        boolean outside = path.startsWith("/") || path.matches("^[A-Za-z]:.*");
        for (String part : path.split("/", -1)) {
            outside |= part.equals("..");
        }
        if (outside) {
            throw new LatheException(Diagnostic.error(
                    "unsafe-archive",
                    "it names a file outside itself ('" + name
                            + "'), which no such package does; nothing was unpacked.",
                    Place.file(file)));
        }
    }
}
