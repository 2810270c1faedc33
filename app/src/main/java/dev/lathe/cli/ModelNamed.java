package dev.lathe.cli;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import java.nio.file.Path;

/// A worker that died is told by its process alone: people know their model.
final class ModelNamed {
    private ModelNamed() {}

    static LatheException in(Path file, LatheException e) {
        Diagnostic d = e.diagnostic();
        return d.place() instanceof Place.InWorker ? new LatheException(d.at(new Place.Within(file, d.place())), e) : e;
    }
}
