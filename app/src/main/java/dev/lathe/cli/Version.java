package dev.lathe.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/// The program's version, from the resource that the build fills in.
public final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"lathe " + text()};
    }

    /// E.g. `0.1.0`.
    public static String text() {
        try (var in = Version.class.getResourceAsStream("/dev/lathe/version.properties")) {
            if (in == null) {
                throw new IllegalStateException("version.properties is not in the program's jar");
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
