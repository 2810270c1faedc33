package dev.lathe.profile.engine;

import java.nio.file.Path;

/// Where this user's copies of what can be made again lie: engine libraries, measured ceilings. `LATHE_CACHE` names
/// another place.
public final class CacheFolder {
    private CacheFolder() {}

    public static Path ofThisUser() {
        String own = System.getenv("LATHE_CACHE");
        if (own != null && !own.isEmpty()) {
            return Path.of(own);
        }
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path base = xdg != null && !xdg.isEmpty() ? Path.of(xdg) : Path.of(System.getProperty("user.home"), ".cache");
        return base.resolve("lathe");
    }
}
