package dev.lathe.profile.pack;

import dev.lathe.core.JobContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The sum by which packages and their files are known.
final class Sha256 {
    private static final int BLOCK = 1 << 20;

    private Sha256() {}

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }

    static String text(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    static String of(Path file, JobContext job) throws IOException {
        MessageDigest digest = digest();
        long size = Files.size(file);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] block = new byte[BLOCK];
            long done = 0;
            for (int n = in.read(block); n >= 0; n = in.read(block)) {
                job.checkCancelled();
                digest.update(block, 0, n);
                done += n;
                job.progress(size == 0 ? 1 : done / (double) size, "checking " + file.getFileName());
            }
        }
        return text(digest);
    }
}
