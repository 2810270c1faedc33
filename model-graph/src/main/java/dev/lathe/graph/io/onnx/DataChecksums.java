package dev.lathe.graph.io.onnx;

import dev.lathe.core.JobContext;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/// The SHA-1 of each data file beside a model, in hexadecimal digits. The message that names a file is as long before
/// its sum is known as afterwards, so a first writing without sums lays the files out.
final class DataChecksums {
    /// Stands where a sum will.
    private static final String UNKNOWN = "0".repeat(40);

    private final Optional<Map<String, String>> known;
    private boolean wanted;

    private DataChecksums(Optional<Map<String, String>> known) {
        this.known = known;
    }

    static DataChecksums unknown() {
        return new DataChecksums(Optional.empty());
    }

    /// Reads all that will be in the files, but writes none of them.
    static DataChecksums of(DataFiles files, JobContext context) throws IOException {
        Map<String, String> sums = new HashMap<>();
        for (DataFile file : files.files()) {
            try (DigestOutputStream digest = new DigestOutputStream(OutputStream.nullOutputStream(), sha1());
                    WeightStream stream =
                            new WeightStream(Channels.newChannel(digest), file.size(), context.part(0, 0))) {
                stream.dataFile(file);
                sums.put(
                        file.name(),
                        HexFormat.of().formatHex(digest.getMessageDigest().digest()));
            }
        }
        return new DataChecksums(Optional.of(sums));
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    String of(String file) {
        wanted = true;
        return known.map(k -> k.getOrDefault(file, UNKNOWN)).orElse(UNKNOWN);
    }

    /// Whether a tensor tells the sum of its file, and no sum is known.
    boolean areMissing() {
        return wanted && known.isEmpty();
    }
}
