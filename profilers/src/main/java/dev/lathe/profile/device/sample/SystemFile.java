package dev.lathe.profile.device.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

/// A small file in which the system tells a number.
final class SystemFile {
    private SystemFile() {}

    /// Its only number; empty where there is no such file, or something else in it.
    static OptionalDouble number(Path file) {
        return text(file).map(SystemFile::parsed).orElse(OptionalDouble.empty());
    }

    /// The number behind `key` in a file of lines `key number`.
    static OptionalDouble number(Path file, String key) {
        return text(file).stream()
                .flatMap(String::lines)
                .filter(l -> l.startsWith(key + " "))
                .findFirst()
                .map(l -> parsed(l.substring(key.length()).strip()))
                .orElse(OptionalDouble.empty());
    }

    private static OptionalDouble parsed(String text) {
        try {
            return OptionalDouble.of(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    private static Optional<String> text(Path file) {
        try {
            return Files.isReadable(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
        } catch (IOException e) {
            // Some of these files can be opened and then refuse to be read.
            return Optional.empty();
        }
    }
}
