package dev.lathe.app.project;

import dev.lathe.core.Diagnostic;
import dev.lathe.graph.target.Placement;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The file that was opened: how it places the model on devices, when that is what such a file says, and the variant
/// that was written over it since; then the original is no more what the file has. `troubles` tell which files of
/// earlier measurements of it cannot be read.
public record SourceFile(
        Path path, Optional<Placement> placed, Optional<VariantId> replacedBy, List<Diagnostic> troubles) {
    public SourceFile {
        troubles = List.copyOf(troubles);
    }

    SourceFile replaced(VariantId by) {
        return new SourceFile(path, placed, Optional.of(by), troubles);
    }

    SourceFile damaged(List<Diagnostic> next) {
        return new SourceFile(path, placed, replacedBy, next);
    }
}
