package dev.lathe.profile.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a JVM that crashes in native code writes of itself: the signal, and whose code it was in. It goes into the
/// worker's own folder, not into the user's, and is gone with it once it is told.
final class CrashReport {
    static final String NAME = "crash.log";

    /// The head of the file; what follows is for the people who make JVMs.
    private static final int HEAD_BYTES = 16_384;

    /// `#  SIGSEGV (0xb) at pc=0x…`, on Windows `#  EXCEPTION_ACCESS_VIOLATION (0xc0000005) at pc=…`
    private static final Pattern SIGNAL = Pattern.compile("#\\s+([A-Z][A-Z_]+) \\(0x[0-9a-f]+\\) at pc=.*");

    /// `# C  [libfoo.so+0x1234]  QueryPool::reset(unsigned)+0x56`
    private static final Pattern FRAME = Pattern.compile("#\\s+\\w\\s+\\[(\\S+)\\+0x[0-9a-f]+\\](?:\\s+(.+))?");

    private CrashReport() {}

    /// In words such as `SIGSEGV in libfoo.so, QueryPool::reset`; empty where there is no report.
    static Optional<String> in(Path folder) {
        Path file = folder.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (var in = Files.newInputStream(file)) {
            return of(new String(in.readNBytes(HEAD_BYTES), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static Optional<String> of(List<String> lines) {
        Optional<String> signal = first(lines, SIGNAL).map(m -> m.group(1));
        Optional<String> frame = first(lines, FRAME)
                .map(m -> m.group(1)
                        + Optional.ofNullable(m.group(2))
                                .map(f -> ", " + f.replaceAll("[(+].*", "").strip())
                                .orElse(""));
        return signal.map(s -> s + frame.map(f -> " in " + f).orElse(""));
    }

    private static Optional<Matcher> first(List<String> lines, Pattern pattern) {
        return lines.stream().map(pattern::matcher).filter(Matcher::matches).findFirst();
    }
}
