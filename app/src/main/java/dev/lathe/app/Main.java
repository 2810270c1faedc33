package dev.lathe.app;

import java.io.IOException;
import java.util.Properties;

/// The program's entry. It does not extend `Application`: a main class that does refuses to start from the
/// class path.
public final class Main {
    private Main() {}

    public static void main(String[] args) throws IOException {
        try (var in = Main.class.getResourceAsStream("/dev/lathe/version.properties")) {
            if (in == null) {
                throw new IOException("version.properties is not in the program's jar");
            }
            var properties = new Properties();
            properties.load(in);
            System.out.println("lathe " + properties.getProperty("version"));
        }
    }
}
