package dev.lathe.app.shell;

import dev.lathe.core.Jobs;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/// What the window remembers between starts: theme, sizes, recent files. A small text file in the user's configuration
/// folder (`LATHE_CONFIG` names another); losing it loses nothing of worth, so a failure to write is not an error.
public final class Settings implements AutoCloseable {
    private static final int RECENT = 8;

    private final Path file;
    private final Properties values = new Properties();
    private Optional<Thread> saving = Optional.empty();

    public Settings(Path folder) {
        this.file = folder.resolve("window.properties");
        if (Files.isReadable(file)) {
            try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                values.load(in);
            } catch (IOException | IllegalArgumentException e) {
                values.clear(); // damaged: start afresh
            }
        }
    }

    /// The user's configuration folder: `LATHE_CONFIG`, else `lathe` in the place that the system has for it.
    public static Path userFolder() {
        String given = System.getenv("LATHE_CONFIG");
        if (given != null && !given.isBlank()) {
            return Path.of(given);
        }
        String home = System.getProperty("user.home", ".");
        String os = System.getProperty("os.name", "").toLowerCase(java.util.Locale.ROOT);
        if (os.contains("win")) {
            String data = System.getenv("APPDATA");
            return Path.of(data != null ? data : home, "Lathe");
        }
        if (os.contains("mac")) {
            return Path.of(home, "Library", "Application Support", "Lathe");
        }
        String xdg = System.getenv("XDG_CONFIG_HOME");
        return xdg != null && !xdg.isBlank() ? Path.of(xdg, "lathe") : Path.of(home, ".config", "lathe");
    }

    public Optional<String> text(String key) {
        return Optional.ofNullable(values.getProperty(key));
    }

    public double number(String key, double otherwise) {
        try {
            return text(key).map(Double::parseDouble).orElse(otherwise);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    public void set(String key, String value) {
        values.setProperty(key, value);
    }

    public void set(String key, double value) {
        values.setProperty(key, Double.toString(value));
    }

    /// A file that was open, and when; versions before this one did not keep the time.
    public record Recent(Path file, Optional<Instant> opened) {}

    /// The newest first; files that are gone are left out.
    public List<Recent> recent() {
        List<Recent> files = new ArrayList<>();
        for (int i = 0; i < RECENT; i++) {
            Optional<Instant> at = text("recent." + i + ".at").flatMap(Settings::instant);
            text("recent." + i)
                    .flatMap(Settings::path)
                    .filter(Files::isRegularFile)
                    .ifPresent(f -> files.add(new Recent(f, at)));
        }
        return files;
    }

    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException damaged) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    public void addRecent(Path opened, Instant at) {
        Path absolute = opened.toAbsolutePath().normalize();
        List<Recent> files = without(absolute);
        files.addFirst(new Recent(absolute, Optional.of(at)));
        setRecent(files);
    }

    public void forgetRecent(Path file) {
        setRecent(without(file));
    }

    public void clearRecent() {
        setRecent(List.of());
    }

    private List<Recent> without(Path file) {
        List<Recent> files = new ArrayList<>(recent());
        files.removeIf(r -> r.file().equals(file));
        return files;
    }

    private void setRecent(List<Recent> files) {
        for (int i = 0; i < RECENT; i++) {
            values.remove("recent." + i);
            values.remove("recent." + i + ".at");
            if (i < files.size()) {
                String key = "recent." + i;
                values.setProperty(key, files.get(i).file().toString());
                files.get(i).opened().ifPresent(t -> values.setProperty(key + ".at", t.toString()));
            }
        }
        saveSoon();
    }

    /// Saves on a thread of its own: a slow disk must not hold the window up. On the window's thread, as [#close].
    public void saveSoon() {
        Optional<Thread> before = saving;
        saving = Optional.of(Jobs.daemon("lathe-settings", () -> {
            join(before);
            save();
        }));
    }

    /// Saves now; when it returns nothing more is written.
    @Override
    public void close() {
        join(saving);
        save();
    }

    private static void join(Optional<Thread> thread) {
        try {
            if (thread.isPresent()) {
                thread.get().join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Writes beside the file and moves over it, so that a crash leaves the old one.
    public synchronized void save() {
        Path next = file.resolveSibling("window.properties.part");
        try {
            Files.createDirectories(Optional.ofNullable(file.getParent()).orElse(Path.of(".")));
            try (Writer out = Files.newBufferedWriter(next, StandardCharsets.UTF_8)) {
                values.store(out, "Lathe: what the window remembers");
            }
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException folderThatCannotBeWritten) {
            // The window forgets, nothing else; what was saved before is still there.
            next.toFile().delete();
        }
    }
}
