package dev.lathe.app.session;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.FileReason;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Model;
import dev.lathe.graph.data.Weights;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/// What a model's files hold, as a name: the SHA-256 of the model's file and of its data files in order of their names.
/// A copy elsewhere has the same, a model with one other weight has not.
final class ContentKey {
    private static final int BLOCK = 1 << 20;

    private ContentKey() {}

    /// @throws LatheException when a file cannot be read
    static String of(Path file, Model model, JobContext context) throws LatheException {
        MessageDigest digest = digest();
        Path own = file.toAbsolutePath().normalize();
        Set<Path> files = new LinkedHashSet<>(Set.of(own));
        Set<Path> data = new TreeSet<>();
        model.graph()
                .forEachGraph(g -> g.initializers().values().forEach(t -> {
                    if (t.data() instanceof Weights.Mapped m) {
                        data.add(m.file().toAbsolutePath().normalize());
                    }
                }));
        files.addAll(data);
        for (Path f : files) {
            add(digest, f, context);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, Path file, JobContext context) throws LatheException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] block = new byte[BLOCK];
            for (int n = in.read(block); n >= 0; n = in.read(block)) {
                context.checkCancelled();
                digest.update(block, 0, n);
            }
        } catch (IOException e) {
            throw new LatheException(
                    Diagnostic.error("cannot-read", "it cannot be read: " + FileReason.of(e) + ".", Place.file(file)),
                    e);
        }
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }
}
