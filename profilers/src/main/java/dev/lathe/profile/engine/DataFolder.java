package dev.lathe.profile.engine;

import java.nio.file.Path;
import java.util.Locale;

/// Where this user's things lie that cannot be made again without a network: packs of engine libraries. `LATHE_DATA`
/// names another place.
public final class DataFolder {
    private DataFolder() {}

    public static Path ofThisUser() {
        String own = env("LATHE_DATA");
        if (!own.isEmpty()) {
            return Path.of(own);
        }
        String home = System.getProperty("user.home", ".");
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (os.contains("win")) {
            String data = env("LOCALAPPDATA");
            return Path.of(data.isEmpty() ? home : data, "Lathe");
        }
        if (os.contains("mac")) {
            return Path.of(home, "Library", "Application Support", "Lathe");
        }
        String xdg = env("XDG_DATA_HOME");
        return xdg.isEmpty() ? Path.of(home, ".local", "share", "lathe") : Path.of(xdg, "lathe");
    }

    /// Where packs lie, one folder for each.
    public static Path packs() {
        return ofThisUser().resolve("packs");
    }

    private static String env(String name) {
        String value = System.getenv(name);
        return value == null ? "" : value.strip();
    }
}
