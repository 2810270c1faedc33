package dev.lathe.app.project;

import dev.lathe.core.Diagnostic;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// How far the making of a variant has come.
public sealed interface VariantState {

    /// Its recipe is being applied by the job of this attempt; by none yet when that is [Attempt#NONE]. `before` is the
    /// model that it had until its recipe changed: what is selected in that is followed to what becomes of it.
    record Preparing(Attempt attempt, Optional<Model> before) implements VariantState {
        /// Of a variant that had no model yet.
        public static final Preparing NEW = new Preparing(Attempt.NONE, Optional.empty());
    }

    /// The model exists. `file` is where it lies (the source file, or a temporary export), `fileBytes` its
    /// size with external data. `remarks` are what the passes had to say.
    record Ready(Model model, Analysis analysis, Path file, long fileBytes, List<Diagnostic> remarks)
            implements VariantState {
        public Ready {
            remarks = List.copyOf(remarks);
        }

        /// The same in another file.
        Ready at(Path other) {
            return new Ready(model, analysis, other, fileBytes, remarks);
        }

        public Ready withAnalysis(Analysis next) {
            return new Ready(model, next, file, fileBytes, remarks);
        }
    }

    /// Its recipe could not be applied.
    record Failed(Diagnostic why) implements VariantState {}
}
