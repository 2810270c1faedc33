package dev.lathe.optimize.rewrite;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.FileReason;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.profile.engine.EngineCatalog;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.worker.ScratchFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// A private folder for model files that are only made to be run; gone when closed.
public final class Scratch implements AutoCloseable {
    /// The plain CPU with one thread: where parts of a model are computed ahead.
    public static final RunTarget PLAIN_CPU = new RunTarget(
            EngineCatalog.DEFAULT,
            new Device("cpu", "CPU", DeviceKind.CPU, List.of(), OptionalLong.empty(), List.of()),
            1);

    private final Path folder;

    private Scratch(Path folder) {
        this.folder = folder;
    }

    public static Scratch open() throws LatheException {
        try {
            return new Scratch(ScratchFolder.make());
        } catch (IOException e) {
            throw new LatheException(
                    Diagnostic.error(
                                    "no-temporary-folder",
                                    "no folder for temporary files can be made there (" + FileReason.of(e) + ").",
                                    Place.file(Path.of(System.getProperty("java.io.tmpdir"))))
                            .withRemedy("Free some space or set another one with -Djava.io.tmpdir."),
                    e);
        }
    }

    public Path folder() {
        return folder;
    }

    public Path file(String name) {
        return folder.resolve(name);
    }

    @Override
    public void close() {
        try (Stream<Path> inside = Files.walk(folder)) {
            for (Path p : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(p);
            }
        } catch (IOException e) {
            // A mapped file cannot be deleted on Windows while it is open: the system's cleaner takes it.
            folder.toFile().deleteOnExit();
        }
    }
}
