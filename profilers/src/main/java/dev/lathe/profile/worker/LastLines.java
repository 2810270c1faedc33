package dev.lathe.profile.worker;

import dev.lathe.core.Jobs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The last lines that a worker printed. Its output must be read, or it would block when the pipe is full;
/// most of it is noise.
final class LastLines {
    private static final int KEPT = 8;
    private static final int LONGEST = 300;
    private static final long MOST_MILLIS = 500;

    private final Deque<String> lines = new ArrayDeque<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    private final Optional<Path> folder;

    private LastLines(Optional<Path> folder) {
        this.folder = folder;
    }

    /// @param folder of the worker, where a report of its crash is
    static LastLines of(InputStream stream, Path folder) {
        return of(stream, Optional.of(folder));
    }

    static LastLines of(InputStream stream) {
        return of(stream, Optional.empty());
    }

    /// What a JVM that crashed says of it; empty where it did not.
    Optional<String> crash() {
        return folder.flatMap(CrashReport::in);
    }

    private static LastLines of(InputStream stream, Optional<Path> folder) {
        LastLines last = new LastLines(folder);
        Jobs.daemon("lathe-worker-output", () -> {
            try (BufferedReader in = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                last.read(in);
            } catch (IOException e) {
                last.add("(its output broke off)");
            } finally {
                last.ended.countDown();
            }
        });
        return last;
    }

    /// Of a line without an end no more is kept than is shown, however long it is.
    private void read(Reader in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == '\n' || c == '\r') {
                add(line.toString());
                line.setLength(0);
            } else if (line.length() <= LONGEST) {
                line.append((char) c);
            }
        }
        add(line.toString());
    }

    private synchronized void add(String line) {
        if (line.isBlank()) {
            return;
        }
        lines.addLast(line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line);
        if (lines.size() > KEPT) {
            lines.removeFirst();
        }
    }

    synchronized String text() {
        return String.join(" | ", lines);
    }

    /// What a process that has ended said last. Waits for the end of its output, but not for ever: a process that it
    /// started may hold the pipe open.
    String textAtEnd() {
        try {
            if (!ended.await(MOST_MILLIS, TimeUnit.MILLISECONDS)) {
                return text();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return text();
    }
}
