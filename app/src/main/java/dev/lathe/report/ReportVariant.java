package dev.lathe.report;

import dev.lathe.core.Diagnostic;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.optimize.Recipe;
import dev.lathe.optimize.check.OutputDifference;
import dev.lathe.profile.ProfileRun;
import java.util.List;
import java.util.Optional;

/// One variant in a report: the model, its analysis, size of its file(s) in bytes, its measurement if it was
/// run, how its outputs differ from the original's (empty for the original), the recipe that made it, and what its
/// passes said (that one changed nothing, and why).
public record ReportVariant(
        String name,
        Model model,
        Analysis analysis,
        long fileBytes,
        Optional<ProfileRun> run,
        List<OutputDifference> differences,
        Recipe recipe,
        List<Diagnostic> remarks) {
    public ReportVariant {
        differences = List.copyOf(differences);
        remarks = List.copyOf(remarks);
    }

    /// One whose passes had nothing to say.
    public ReportVariant(
            String name,
            Model model,
            Analysis analysis,
            long fileBytes,
            Optional<ProfileRun> run,
            List<OutputDifference> differences,
            Recipe recipe) {
        this(name, model, analysis, fileBytes, run, differences, recipe, List.of());
    }

    ReportVariant withRemarks(List<Diagnostic> said) {
        return new ReportVariant(name, model, analysis, fileBytes, run, differences, recipe, said);
    }
}
