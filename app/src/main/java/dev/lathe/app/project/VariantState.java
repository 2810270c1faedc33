package dev.lathe.app.project;

import dev.lathe.core.Diagnostic;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import java.nio.file.Path;
import java.util.List;

/// How far the making of a variant has come.
public sealed interface VariantState {

    /// Its recipe is being applied by the job of this attempt; by none yet when that is [Attempt#NONE].
    record Preparing(Attempt attempt) implements VariantState {}

    /// The model exists. `file` is where it lies (the source file, or a temporary export), `fileBytes` its
    /// size with external data. `remarks` are what the passes had to say.
    record Ready(Model model, Analysis analysis, Path file, long fileBytes, List<Diagnostic> remarks)
            implements VariantState {
        public Ready {
            remarks = List.copyOf(remarks);
        }

        public Ready withAnalysis(Analysis next) {
            return new Ready(model, next, file, fileBytes, remarks);
        }
    }

    /// Its recipe could not be applied.
    record Failed(Diagnostic why) implements VariantState {}
}
