package dev.lathe.report;

import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.optimize.Recipe;
import dev.lathe.optimize.check.OutputDifference;
import dev.lathe.profile.ProfileRun;
import java.util.List;
import java.util.Optional;

/// One variant in a report: the model, its analysis, size of its file(s) in bytes, its measurement if it was
/// run, how its outputs differ from the original's (empty for the original), and the recipe that made it.
public record ReportVariant(
        String name,
        Model model,
        Analysis analysis,
        long fileBytes,
        Optional<ProfileRun> run,
        List<OutputDifference> differences,
        Recipe recipe) {
    public ReportVariant {
        differences = List.copyOf(differences);
    }
}
